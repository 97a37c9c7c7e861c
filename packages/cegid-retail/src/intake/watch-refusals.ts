import { endsPermission, isEnding, type SubjectWriteV1 } from "@volenti/core/adapter";
import type { CallTerms } from "../identity/call-terms.ts";
import { isOpen } from "../identity/is-open.ts";
import { compareSeconds } from "../mapping/local-time.ts";
import { readLastWritten } from "../mapping/slots.ts";
import type { CegidSession } from "../transport/cegid-session.ts";
import { readCustomer } from "../transport/read-customer.ts";
import { settleCustomer, type SettledCustomer } from "./settle-customer.ts";

/** Looks at refusals once more, some time after they were written. */
export interface RefusalWatch {
  /** Returns at once; what is still to be looked at when the watch ends is not looked at. */
  watch(request: { item: SubjectWriteV1; settled: SettledCustomer }): void;
  close(): void;
}

const OPERATION = "intake.reassert";

/**
 * A writer in another process, or a till, may put back a yes that it read before our refusal: Y2 compares nothing. Whoever
 * comes last is then right, and after a delay that is us. No lease keeps two processes from both looking: what they write is
 * the same. A failure is nobody's any more: the refusal was delivered and answered before, and is looked at no third time.
 */
export function createRefusalWatch(session: CegidSession): RefusalWatch {
  const { reassertRefusalsAfterInMs: durationInMs } = session.settings;
  const closing = new AbortController();
  return {
    watch: ({ item, settled }) => {
      const refusals = item.states.filter(({ status }) => endsPermission(status) && !isEnding(status));
      const customerId = settled.stored?.CustomerId ?? "";
      if (durationInMs === 0 || refusals.length === 0 || customerId === "") return;
      const { clock } = session.context(OPERATION);
      const { signal } = closing;
      const terms: CallTerms = { session, operation: OPERATION, isUrgent: true, signal };
      const again: SubjectWriteV1 = { ...item, profile: undefined, states: refusals };
      const look = async (): Promise<void> => {
        await clock.sleep({ durationInMs, signal });
        await session.inSequence({ key: customerId, work: () => reassert({ terms, item: again, customerId }), signal });
      };
      look().catch(() => undefined);
    },
    close: () => closing.abort(),
  };
}

/** Only what is not older than all that was written since: a yes that is newer than the refusal stays. */
async function reassert(request: { terms: CallTerms; item: SubjectWriteV1; customerId: string }): Promise<void> {
  const { terms, item, customerId } = request;
  const { settings } = terms.session;
  const stored = await readCustomer({ ...terms, customerId });
  if (stored === null || !isOpen(stored)) return;
  const last = readLastWritten({ settings, stored });
  const states = item.states.filter(({ effectiveAt }) => last === null || compareSeconds(effectiveAt, last.effectiveAt) >= 0);
  if (states.length > 0) await settleCustomer({ terms, item: { ...item, states }, stored, marks: false });
}
