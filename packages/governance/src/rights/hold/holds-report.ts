import type { HoldV1 } from "@volenti/core/adapter";

/** The holds of a person, destination by destination, after what was asked for. */
export interface HoldsReport {
  /** In the order of the configuration. */
  readonly destinations: readonly HoldsOfDestination[];
  /** Why nothing was done; null where something was. */
  readonly problem: "severalPeople" | "noLedger" | "unknownHold" | null;
}

/** The holds that one ledger keeps. */
export interface HoldsOfDestination {
  /** The destination's key in the configuration. */
  readonly id: string;
  /** `unsupported`: it keeps no holds; where it holds the person, it is held back by the ledgers that do. */
  readonly status: "kept" | "notFound" | "unsupported" | "conflict" | "unreachable";
  /** Why it was not read or written: a code of `ConnectorError`; null where it was. */
  readonly code: string | null;
  /** Every hold of the person, ended ones included, in the order of their setting. */
  readonly holds: readonly HoldV1[];
}

/** A hold to be set on a person, in every ledger that knows them. */
export interface HoldSetting {
  /** The provision, in the brand's words. */
  readonly law: string;
  /** Why, in the brand's words; no value that a person gave. */
  readonly reason: string;
  /** Epoch milliseconds; null where no end is known. */
  readonly until: number | null;
  /** Dotted patterns of attributes; `*` is everything. */
  readonly scope: readonly string[];
}
