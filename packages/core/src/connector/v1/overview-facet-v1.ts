import type { ConsentState } from "../../model/consent-state.ts";
import type { Identifier } from "../../model/identifier.ts";
import type { HoldV1, RestrictionV1 } from "./custody-facet-v1.ts";
import type { StoredDecisionV1, StoredProfileV1 } from "./read-facets-v1.ts";

/** All that a system holds of one person, in one round trip. A system without it is read facet by facet. */
export interface OverviewFacetV1 {
  /**
   * Null only when the system was reached and holds nobody of that name. Several people are a `conflict`, somebody who bears no
   * ref of ours is `unlinked`, a kind by which the system cannot search is `unsupported`, as `profiles.find` has it; so is
   * somebody who is linked and whose ref the system cannot tell.
   */
  read(request: { name: PersonNameV1 }): Promise<OverviewV1 | null>;
}

/** By what a person is asked for: an identifier, or a ref that another system gave. */
export type PersonNameV1 = { readonly identifier: Identifier } | { readonly subjectRef: string };

/** All of one person, read in one round trip. */
export interface OverviewV1 {
  /** The person first, then those who were merged into them, by ref. At least one. */
  readonly records: readonly OverviewRecordV1[];
  /** Null where the system has no `custody`. */
  readonly custody: OverviewCustodyV1 | null;
}

/** What is held under one ref: each member as the facets would answer it. */
export interface OverviewRecordV1 {
  /** The one that was asked for. */
  readonly subjectRef: string;
  /** Null where the system was reached and holds none. */
  readonly profile: StoredProfileV1 | null;
  /** As `consent.getState` answers them; empty where nothing stands. */
  readonly states: readonly ConsentState[];
  /** Every decision that the system keeps, in the order of their recording. */
  readonly decisions: readonly StoredDecisionV1[];
}

/** What a ledger keeps of a person beside profile and consent. */
export interface OverviewCustodyV1 {
  /** Ended ones included, in the order of their setting. */
  readonly holds: readonly HoldV1[];
  /** Null where processing is not restricted. */
  readonly restriction: RestrictionV1 | null;
}
