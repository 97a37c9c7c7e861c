/**
 * The law of where data may lie, as data. One row a country or group of countries; `@volenti/jurisdictions` has them
 * with sources and dates. Every question has an answer: what a source leaves unknown is `no`.
 */
export interface ResidencyRules {
  readonly rows: readonly ResidencyRow[];
  /** For countries without a row. */
  readonly defaultRow: ResidencyRow;
  /** Groups of countries that count as one region, such as `EU`: the members of the EEA. */
  readonly regions: Readonly<Record<string, readonly string[]>>;
}

/** What one law says of where data may lie, with its source and date. */
export interface ResidencyRow {
  /** ISO 3166-1 alpha-2, a region of {@link ResidencyRules.regions}, or `*` for the default row. */
  readonly country: string;
  readonly law: string;
  /** May the first write go to a store elsewhere? */
  readonly collectElsewhere: ResidencyPermission;
  /** May a copy go to a region? The region's own entry, else `*`. */
  readonly copyTo: Readonly<Record<string, ResidencyPermission>>;
  /** Must a complete record be kept in the country, acknowledged before any other system sees a byte? */
  readonly keepLocal: "yes" | "no";
  /** Kinds of data that must stay although `keepLocal` is `no`, in words. */
  readonly localCategories?: readonly string[];
  /** What a transfer asks of the controller, as tags. */
  readonly conditions: readonly string[];
  readonly sources: readonly string[];
  /** The date or month the row was last checked, ISO 8601. */
  readonly checkedAt: string;
  /** A: the law or regulator's text; B: two commentaries agree; C: one weak source. */
  readonly certainty: "A" | "B" | "C";
}

/** `withMechanism`: to a destination that declares its `transferMechanism`. */
export type ResidencyPermission = "yes" | "no" | "withMechanism";

/** The brand's own reading of one row, with its reason; the reason is shown wherever the row decides. */
export interface ResidencyOverride {
  readonly country: string;
  readonly reason: string;
  readonly collectElsewhere?: ResidencyPermission | undefined;
  readonly copyTo?: Readonly<Record<string, ResidencyPermission>> | undefined;
  readonly keepLocal?: "yes" | "no" | undefined;
}
