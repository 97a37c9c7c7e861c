import type { LegalPeriod } from "../rights-deadlines/rights-deadline.ts";

/** Who must be told of a breach of personal data, by when, under one law. */
export interface BreachDuty {
  /** A slug: one law and addressee, unique in the list. */
  readonly id: string;
  /** The law's usual name. */
  readonly regime: string;
  /** ISO 3166-1 alpha-2, ISO 3166-2 (`US-CA`), or a region of the residency rules (`EU`). */
  readonly places: readonly string[];
  /** To whom the duty is owed: the authority, or the people whose data it is. */
  readonly notify: "authority" | "people";
  /** Counted from when the controller learnt of the breach, unless `note` says otherwise. */
  readonly period: LegalPeriod;
  /** When the duty arises, in words: nobody here judges that. */
  readonly condition: string;
  /** What else is owed, or how sure the number is, in words. */
  readonly note?: string;
  /** The law, with the article where it is known. */
  readonly source: string;
  /** The date or month the row was last checked, ISO 8601. */
  readonly checkedAt: string;
  /** A: the law or regulator's text; B: two commentaries agree; C: one weak source, general knowledge, or sources that differ. */
  readonly certainty: "A" | "B" | "C";
}
