/**
 * The law of where data may lie, as data. One row a country or group of countries; `@volenti/jurisdictions` has them
 * with sources and dates. Every question has an answer: what a source leaves unknown is `no`.
 */
export interface ResidencyRules {
  /** One a country or region; a country's own row comes before that of its region. */
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
  /** Its usual name, with the article. */
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
  /** Where it can be read: addresses or citations. */
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
  /** Names the row, as `ResidencyRow.country` does. */
  readonly country: string;
  /** In the brand's words; shown, so no value of a person. */
  readonly reason: string;
  /** In place of the row's; absent: the row's stands, as with the other two. */
  readonly collectElsewhere?: ResidencyPermission | undefined;
  /** Entry by entry, in place of the row's. */
  readonly copyTo?: Readonly<Record<string, ResidencyPermission>> | undefined;
  /** In place of the row's. */
  readonly keepLocal?: "yes" | "no" | undefined;
}
