import { compareConsentStates, endsPermission, isStanding, type ConsentState } from "@volenti/core/adapter";
import type { OptInJudgement, OptInPast } from "./judge-opt-in.ts";
import { compareSeconds, toInstant } from "./local-time.ts";
import { mapOptIns, OPT_IN_FIELDS, permits, type OptInField, type OptIns } from "./opt-in-set.ts";
import { toLastWritten, type LastWritten } from "./slots.ts";

/**
 * What the slots are to hold after a write: the newest decision, and the opt-ins as we decided them. An opt-in that the till
 * changed keeps what we last wrote of it while nothing of ours replaces it: so it still reads as the till's, and is held
 * against the record's last change and not against our slot.
 */
export function advanceSlots(request: {
  past: OptInPast;
  target: OptIns;
  judgements: ReadonlyMap<OptInField, OptInJudgement>;
  /** What arrives and was not superseded. */
  kept: readonly ConsentState[];
  hasChanged: boolean;
}): LastWritten | null {
  const { past, target, judgements, kept, hasChanged } = request;
  const { stored, last, timeZone } = past;
  const newest = pickNewest({ last, kept, hasChanged });
  if (newest === null) return null;
  const isAfterTill = coversLastChange({ past, effectiveAt: newest.effectiveAt });
  const optIns = mapOptIns((field) => {
    const judgement = judgements.get(field);
    const isConfirmed = (judgement?.isGranted === true && permits(target[field])) || (isAfterTill && isNoOrEnd(judgement));
    const isLeft = stored !== null && !isConfirmed && target[field] === (stored[field] ?? "AskCustomer");
    return isLeft ? (last?.optIns[field] ?? "AskCustomer") : target[field];
  });
  const ended = new Set(OPT_IN_FIELDS.filter((field) => judgements.get(field)?.isEnded === true && target[field] === "AskCustomer"));
  return toLastWritten({ timeZone, effectiveAt: newest.effectiveAt, decisionId: newest.decisionId, optIns, ended });
}

/**
 * Whether the slot counts from the record's last change or later: a no of the till that was collected comes back with that
 * very instant. As ours it is then guarded no less than it was as the till's, and need not be told again.
 */
function coversLastChange(request: { past: OptInPast; effectiveAt: number }): boolean {
  const { past: { stored, timeZone }, effectiveAt } = request;
  const changedAt = toInstant({ local: stored?.LastDateUpdate ?? "", timeZone });
  return changedAt !== null && compareSeconds(effectiveAt, changedAt) >= 0;
}

function isNoOrEnd(judgement: OptInJudgement | undefined): boolean {
  if (judgement === undefined || !judgement.isTouched || judgement.isStale || judgement.isWaiting) return false;
  return judgement.value === "DoNotUse" || judgement.isEnded;
}

function pickNewest(request: {
  last: LastWritten | null;
  kept: readonly ConsentState[];
  hasChanged: boolean;
}): Pick<LastWritten, "effectiveAt" | "decisionId"> | null {
  const { last, kept, hasChanged } = request;
  const [greatest] = kept.filter(({ status }) => isStanding(status)).toSorted((left, right) => compareConsentStates(right, left));
  if (greatest === undefined || last === null) return greatest ?? last;
  // A folder that keeps days shows the very decision as older than it is.
  if (greatest.decisionId === last.decisionId) return last;
  const order = compareSeconds(greatest.effectiveAt, last.effectiveAt);
  // Of one second, only what changed something: replays of two decisions would else take turns for ever.
  const isNewer = order > 0 || (order === 0 && hasChanged && endsPermission(greatest.status));
  return isNewer ? greatest : last;
}
