/** The law under which a young person cannot consent alone. */
export type ChildConsentRegime = "gdprArticle8" | "coppa" | "ccpa" | "pipl" | "dpdp" | "lgpd" | "fz152";

/** From which age on a person consents alone in one place, under one law. */
export interface ChildConsentAge {
  /** ISO 3166-1 alpha-2. A country may have several rows, one a law. */
  readonly country: string;
  /** ISO 3166-2, where the law is not the whole country's. */
  readonly subdivision?: string;
  readonly regime: ChildConsentRegime;
  /** In years: someone younger than this needs somebody else. What a purpose's demand calls `guardianBelow`. */
  readonly below: number;
  /** What is needed below the age, in words. */
  readonly needs: string;
  /** What is disputed, proposed or bounded, in words. */
  readonly note?: string;
  /** A law, or addresses of where it was read. */
  readonly sources: readonly string[];
  /** The date or month the row was last checked, ISO 8601. */
  readonly checkedAt: string;
  /** A: the law or regulator's text; B: two commentaries agree; C: one weak source. */
  readonly certainty: "A" | "B" | "C";
}
