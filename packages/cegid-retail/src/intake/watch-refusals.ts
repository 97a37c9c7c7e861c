import { ConnectorError, type FollowUpReportV1, type FollowUpsV1, type SubjectWriteV1 } from "@volenti/core/adapter";
import type { CallTerms } from "../identity/call-terms.ts";
import type { CegidSession } from "../transport/cegid-session.ts";
import { reassertRefusals } from "./reassert-refusals.ts";
import { readFollowUp, toFollowUp, toRefusals, type RefusalFollowUp } from "./refusal-follow-up.ts";
import type { SettledCustomer } from "./settle-customer.ts";

/** Looks at refusals once more, some time after they were written. */
export interface RefusalWatch {
  /**
   * Returns once the ledger has it down, where there is one; without one what is still to be looked at when the watch ends is
   * not looked at. Never rejects: the refusal was written.
   */
  watch(request: { item: SubjectWriteV1; settled: SettledCustomer }): Promise<void>;
  /** Looks at all that is due by the ledger, whichever process planned it. Nothing where there is no ledger. */
  settle(request: { signal?: AbortSignal | undefined }): Promise<FollowUpReportV1>;
  close(): void;
}

const OPERATION = "intake.reassert";
const CLAIMED_AT_ONCE = 20;
/** Long enough for so many customers at a slow folder; whoever dies keeps the others waiting for so long. */
const LEASE_IN_MS = 600_000;

/**
 * A writer in another process, or a till, may put back a yes that it read before our refusal: Y2 compares nothing. Whoever
 * comes last is then right, and after a delay that is us. Where the route has a ledger it keeps what is to be looked at, so
 * that it outlives the process, and gives each record to one process at a time. A failure is nobody's any more: the refusal
 * was delivered and answered before; by the ledger it is looked at again once the lease has ended.
 */
export function createRefusalWatch(session: CegidSession): RefusalWatch {
  const { reassertRefusalsAfterInMs: durationInMs } = session.settings;
  const closing = new AbortController();
  const settle: RefusalWatch["settle"] = ({ signal }) => settleDue({ session, signal: signal === undefined ? closing.signal : AbortSignal.any([signal, closing.signal]) });
  return {
    watch: async ({ item, settled }) => {
      const refusals = toRefusals({ item, customerId: settled.stored?.CustomerId ?? "" });
      if (durationInMs === 0 || refusals === null) return;
      const { clock, followUps } = session.context(OPERATION);
      const { signal } = closing;
      const isKept = followUps !== undefined && (await keep({ followUps, refusals, durationInMs }));
      const look = async (): Promise<void> => {
        await clock.sleep({ durationInMs, signal });
        await (isKept ? settle({}) : reassert({ session, refusals, signal }));
      };
      look().catch(() => undefined);
    },
    settle,
    close: () => closing.abort(),
  };
}

/** Whether the ledger has it down. Where it does not answer, this process looks by itself. */
async function keep(request: { followUps: FollowUpsV1; refusals: RefusalFollowUp; durationInMs: number }): Promise<boolean> {
  const { followUps, refusals, durationInMs } = request;
  try {
    await followUps.plan({ delayInMs: durationInMs, followUps: [toFollowUp(refusals)] });
    return true;
  } catch (error) {
    if (!ConnectorError.isInstance(error)) throw error;
    return false;
  }
}

async function settleDue(request: { session: CegidSession; signal: AbortSignal }): Promise<FollowUpReportV1> {
  const { session, signal } = request;
  const { followUps } = session.context(OPERATION);
  let [done, failed] = [0, 0];
  for (let claimed = CLAIMED_AT_ONCE; followUps !== undefined && claimed === CLAIMED_AT_ONCE; ) {
    signal.throwIfAborted();
    const due = await followUps.claim({ durationInMs: LEASE_IN_MS, limit: CLAIMED_AT_ONCE });
    claimed = due.length;
    for (const followUp of due) {
      const refusals = readFollowUp(followUp);
      const isDone = refusals !== null && (await isReasserted({ session, refusals, signal }));
      // At once, and not with the others: whoever dies half-way leaves nothing that was done.
      if (isDone) await followUps.finish({ followUpIds: [followUp.followUpId] });
      if (isDone) done += 1;
      else failed += 1;
    }
  }
  return { done, failed };
}

async function isReasserted(request: { session: CegidSession; refusals: RefusalFollowUp; signal: AbortSignal }): Promise<boolean> {
  try {
    await reassert(request);
    return true;
  } catch (error) {
    if (!ConnectorError.isInstance(error)) throw error;
    return false;
  }
}

function reassert(request: { session: CegidSession; refusals: RefusalFollowUp; signal: AbortSignal }): Promise<void> {
  const { session, refusals, signal } = request;
  const terms: CallTerms = { session, operation: OPERATION, isUrgent: true, signal };
  return session.inSequence({ key: refusals.customerId, work: () => reassertRefusals({ terms, ...refusals }), signal });
}
