import type { CustomerInformationType, CustomerQueryData } from "../soap/data-contract.ts";
import type { KnownState } from "./known-states.ts";
import { compareSeconds, toLatestInstant } from "./local-time.ts";
import { permits, type OptInField } from "./opt-in-set.ts";
import type { LastWritten } from "./slots.ts";

/** What a write wants of one opt-in, before the privacy level is looked at. */
export interface OptInJudgement {
  readonly value: CustomerInformationType;
  /** Whether anything that arrives speaks of it. */
  readonly isTouched: boolean;
  /** Every purpose of it says yes, and the yes is new enough. */
  readonly isGranted: boolean;
  /** An ending took a permission away, or keeps one away. */
  readonly isEnded: boolean;
  /** A yes that is not newer than the no, or the end, that stands. */
  readonly isStale: boolean;
  /** A yes that waits for the yes of another purpose. */
  readonly isWaiting: boolean;
}

/** The record as a decision finds it. */
export interface OptInPast {
  /** Null: yet to be created. */
  readonly stored: CustomerQueryData | null;
  readonly last: LastWritten | null;
  readonly timeZone: string;
  /** See {@link OptInRequest}. */
  readonly takenBack?: ReadonlySet<OptInField> | undefined;
}

/** Judges an opt-in by its keys, in any order of them; null for a key of which nothing is known. */
export function judgeOptIn(request: {
  past: OptInPast;
  field: OptInField;
  keys: readonly (KnownState | null)[];
  partner: readonly (KnownState | null)[];
}): OptInJudgement {
  const { past, field, keys, partner } = request;
  const before = past.stored?.[field] ?? "AskCustomer";
  const base = judgeKeys({ past, field, keys, before });
  if (!permits(base.value)) return base;
  const value = withPartner({ past, field, partner, granted: base.value, before });
  return { ...base, value, isTouched: base.isTouched || partner.some((key) => key?.arrived === true) };
}

function judgeKeys(request: {
  past: OptInPast;
  field: OptInField;
  keys: readonly (KnownState | null)[];
  before: CustomerInformationType;
}): OptInJudgement {
  const { past, field, keys, before } = request;
  const known = keys.filter((key) => key !== null);
  const isTouched = known.some(({ arrived }) => arrived);
  const kept = { value: before, isTouched, isGranted: false, isEnded: past.last?.ended.has(field) === true && before === "AskCustomer", isStale: false, isWaiting: false };
  if (!isTouched) return kept;
  if (known.some(({ answer }) => answer === "refused")) return { ...kept, value: "DoNotUse", isEnded: false };
  const isNewer = !standsAgainst({ past, field, before }) || known.every((key) => isNewerThanRecord({ past, field, key }));
  const lapsed = known.filter(({ answer }) => answer === "lapsed");
  // A yes that is worth nothing any more is no decision against an earlier one: it has to be the newer of them.
  if (!lapsed.every((key) => isNewerThanRecord({ past, field, key }))) return { ...kept, isStale: true };
  if (lapsed.length > 0 || known.some(({ answer }) => answer === "ended")) {
    // What is not known may be the no that stands: an end takes a yes away and no more.
    if (before === "DoNotUse" && (known.length < keys.length || !isNewer)) return { ...kept, isStale: !isNewer };
    return { ...kept, value: "AskCustomer", isEnded: true };
  }
  if (known.length < keys.length) return { ...kept, isWaiting: !permits(before) };
  if (!isNewer) return { ...kept, isStale: true };
  return { ...kept, value: permits(before) ? before : "BrandOnly", isGranted: true, isEnded: false };
}

/** Partners may use it where both said yes; a no to partners is never a no to the brand. */
function withPartner(request: {
  past: OptInPast;
  field: OptInField;
  partner: readonly (KnownState | null)[];
  granted: CustomerInformationType;
  before: CustomerInformationType;
}): CustomerInformationType {
  const { past, field, partner, granted, before } = request;
  const known = partner.filter((key) => key !== null);
  if (known.some(({ answer }) => answer !== "granted")) return "BrandOnly";
  if (partner.length === 0 || known.length < partner.length) return granted;
  if (before === "ForPartners") return "ForPartners";
  return known.every((key) => isNewerThanRecord({ past, field, key })) ? "ForPartners" : "BrandOnly";
}

/** Whether what is stored is a no, an end, or a question that somebody at the till put back, and a yes has to be newer. */
function standsAgainst(request: { past: OptInPast; field: OptInField; before: CustomerInformationType }): boolean {
  const { past: { last }, field, before } = request;
  if (before === "DoNotUse") return true;
  if (before !== "AskCustomer" || last === null) return false;
  return last.ended.has(field) || last.optIns[field] !== before;
}

/**
 * Whether a decision is certainly newer than what the record says of this opt-in. Y2 keeps no time of it: what we wrote is
 * at most as new as our slot, and what the till wrote at most as new as the record's last change. Where that is not told,
 * nothing is certainly newer. What was seen to change while we wrote is newer than anything, whatever the clocks say.
 */
export function isNewerThanRecord(request: { past: OptInPast; field: OptInField; key: KnownState }): boolean {
  const { past: { stored, last, timeZone, takenBack }, field, key } = request;
  if (stored === null) return true;
  if (takenBack?.has(field) === true) return false;
  const before = stored[field] ?? "AskCustomer";
  const isOurs = last !== null && last.optIns[field] === before;
  if (isOurs) return key.exact || compareSeconds(key.effectiveAt, last.guardedUntil) > 0;
  if (last === null && before === "AskCustomer") return true;
  const changed = stored.LastDateUpdate ?? null;
  const changedAt = changed === null ? null : toLatestInstant({ local: changed, timeZone });
  if (changedAt === null || compareSeconds(key.effectiveAt, changedAt) <= 0) return false;
  return last === null || key.exact || compareSeconds(key.effectiveAt, last.guardedUntil) > 0;
}

/** The same of a flag, of which nothing tells whether the till or we wrote it last. */
export function isNewerThanFlags(request: { past: OptInPast; key: KnownState }): boolean {
  const { past: { stored, last, timeZone }, key } = request;
  if (stored === null || key.exact) return true;
  if (last !== null) return compareSeconds(key.effectiveAt, last.guardedUntil) > 0;
  const changedAt = toLatestInstant({ local: stored.LastDateUpdate ?? "", timeZone });
  return changedAt !== null && compareSeconds(key.effectiveAt, changedAt) > 0;
}
