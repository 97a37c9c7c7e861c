/** What a person can ask for. `complaint` is a grievance about how data is handled. */
export type RightsKind =
  | "access"
  | "portability"
  | "rectify"
  | "erase"
  | "restrict"
  | "object"
  | "optOut"
  | "limit"
  | "withdraw"
  | "complaint";

/**
 * A length of time as a law counts it. `unspecified`: the law says `promptly` or the like and names no number, so that
 * `amount` is null and nothing can be computed.
 */
export type LegalPeriod =
  | { readonly amount: number; readonly unit: "calendarDays" | "workingDays" | "months" | "hours" }
  | { readonly amount: null; readonly unit: "unspecified" };

/**
 * What is waited for while a period stands still.
 * - `identity`: what is needed to be sure who asks
 * - `clarification`: what exactly the person asks for
 */
export type PauseGround = "identity" | "clarification";

/** By when a request of a person must be answered, under one law. */
export interface RightsDeadline {
  /** A slug: one law and kind of request, unique in the list. */
  readonly id: string;
  /** The law's usual name. */
  readonly regime: string;
  /** ISO 3166-1 alpha-2, ISO 3166-2 (`US-CA`), or a region of the residency rules (`EU`). */
  readonly places: readonly string[];
  /** `all` where the source tells no rights apart. */
  readonly rights: readonly RightsKind[] | "all";
  /** Counted from the receipt of the request, unless `note` says otherwise. */
  readonly deadline: LegalPeriod;
  /** How much may be added; absent where the source names none. */
  readonly extension?: LegalPeriod;
  /** While what the person owes is waited for, the period stands still; absent where no source says so. */
  readonly mayPause?: readonly PauseGround[];
  /** A period that would end on a holiday or a weekend ends with the next working day; absent where no source says so. */
  readonly endsOnWorkingDay?: true;
  /** What else is owed, or how sure the number is, in words. */
  readonly note?: string;
  /** The law, with the article where the data name one. */
  readonly source: string;
  /** The date or month the row was last checked, ISO 8601. */
  readonly checkedAt: string;
  /** A: the law or regulator's text; B: two commentaries agree; C: one weak source, or sources that differ. */
  readonly certainty: "A" | "B" | "C";
}
