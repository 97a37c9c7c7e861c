import { ConnectorError, type FollowUpReportV1, type FollowUpsV1 } from "@volenti/core/adapter";
import type { CallTerms } from "../identity/call-terms.ts";
import type { CegidSession } from "../transport/cegid-session.ts";
import { createAgenda } from "./create-agenda.ts";
import { reassertRefusals } from "./reassert-refusals.ts";
import { readFollowUp, toFollowUp, type RefusalFollowUp } from "./refusal-follow-up.ts";

/** Looks at refusals once more, some time after they were written. */
export interface RefusalWatch {
  /**
   * Returns once the ledger has them down, where there is one; without one what is still to be looked at when the watch ends
   * is not looked at. Never rejects: the refusals were written.
   */
  watch(refusals: readonly RefusalFollowUp[]): Promise<void>;
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
  const { signal } = closing;
  const settle: RefusalWatch["settle"] = (request) => settleDue({ session, signal: request.signal === undefined ? signal : AbortSignal.any([request.signal, signal]) });
  const agenda = createAgenda({ durationInMs, signal, clock: () => session.context(OPERATION).clock });
  return {
    watch: async (refusals) => {
      if (durationInMs === 0 || refusals.length === 0) return;
      const { followUps } = session.context(OPERATION);
      const isKept = followUps !== undefined && (await keep({ followUps, refusals, durationInMs }));
      if (isKept) agenda.add({ key: "ledger", work: () => settle({}) });
      else for (const each of refusals) agenda.add({ key: null, work: () => reassert({ session, refusals: each, signal }) });
    },
    settle,
    close: () => closing.abort(),
  };
}

/** Whether the ledger has them down. Where it does not answer, this process looks by itself. */
async function keep(request: { followUps: FollowUpsV1; refusals: readonly RefusalFollowUp[]; durationInMs: number }): Promise<boolean> {
  const { followUps, refusals, durationInMs } = request;
  try {
    await followUps.plan({ delayInMs: durationInMs, followUps: refusals.map(toFollowUp) });
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

/** What arrives goes first: most looks find nothing amiss. */
function reassert(request: { session: CegidSession; refusals: RefusalFollowUp; signal: AbortSignal }): Promise<void> {
  const { session, refusals, signal } = request;
  const terms: CallTerms = { session, operation: OPERATION, isUrgent: false, signal };
  return session.inSequence({ key: refusals.customerId, work: () => reassertRefusals({ terms, ...refusals }), signal });
}
