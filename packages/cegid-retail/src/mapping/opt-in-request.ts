import type { Catalogue, ConsentState } from "@volenti/core/adapter";
import type { CustomerQueryData } from "../soap/data-contract.ts";
import type { Settings } from "../settings.ts";
import type { OptInField } from "./opt-in-set.ts";
import type { LastWritten } from "./slots.ts";

export interface OptInRequest {
  readonly settings: Settings;
  readonly catalogue: Catalogue;
  /** Null: the customer is yet to be created. */
  readonly stored: CustomerQueryData | null;
  /** What arrives, in any order. */
  readonly states: readonly ConsentState[];
  /** What the route's ledger knew before; empty where nothing is known. */
  readonly standing?: readonly ConsentState[] | undefined;
  /** What the slots of `stored` say. */
  readonly last: LastWritten | null;
  /** Epoch milliseconds: a grant that has ended by then permits nothing. */
  readonly now: number;
  /** The opt-ins that somebody took back a moment ago, after all that arrives; by default none is known. */
  readonly takenBack?: ReadonlySet<OptInField> | undefined;
  /** Whether the record has an e-mail address after the write: Y2 wants no e-mail flag without one. By default what is stored. */
  readonly hasEmail?: boolean | undefined;
}
