/** Which customers are to be linked, and how it is told. */
export interface LinkingRequest {
  /** The destination's key in the configuration. */
  readonly destinationId: string;
  /** Writes the links; without it nothing is changed anywhere, and no ledger reserves anybody. */
  readonly apply: boolean;
  /** ISO 3166-1 alpha-2: the country of customers whose record names none that can be read. */
  readonly country?: string | undefined;
  /** Given every customer that is not linked, with the reason, as they are found. Costs a second listing without `apply`. */
  readonly onFinding?: ((finding: LinkFinding) => void) | undefined;
  /** Called now and then, with counts alone. Must not throw. */
  readonly onProgress?: ((progress: LinkProgress) => void) | undefined;
  /** When aborted, the calls under way end, nothing further is begun, and the report says what was done until then. */
  readonly signal?: AbortSignal | undefined;
}

/** How far a linking has come. */
export interface LinkProgress {
  /** Customers are matched first, all of them, and linked then. */
  readonly phase: "matching" | "linking";
  /** Customers of the phase that are dealt with. */
  readonly customers: number;
}

/** Each customer is counted once, by what became of it. */
export interface LinkCounts {
  /** All that the system lists: the sum of the others. */
  readonly customers: number;
  /** Carries the ref that it should. */
  readonly alreadyLinked: number;
  /** By this run. */
  readonly linked: number;
  /** What an `apply` would link, or has not come to yet. */
  readonly toBeLinked: number;
  /** Two customers who would be given one ref, or one whose identifiers name two people. Never linked. */
  readonly ambiguous: number;
  /** Carries another ref than it should, or another customer carries its ref. Never overwritten. */
  readonly conflicting: number;
  /** Nobody can say who that is. */
  readonly unmatched: number;
  /** Was erased, and is still in this system: a person has to decide. Known only after `apply`. */
  readonly erased: number;
  /** The system did not take the link; run it again. */
  readonly failed: number;
}

/**
 * - `duplicate`: two or more customers of the system would be given one ref
 * - `severalPeople`: the customer's identifiers name two people
 * - `otherRef`: carries a ref, and its identifiers name somebody else
 * - `refTaken`: another record took the ref, or this one another ref, meanwhile
 * - `noIdentifier`: none of the match keys holds anything that can be read
 * - `notRouted`: no route leads people of its country to this destination
 * - `countryUnknown`: who names the person depends on the country, and none can be read
 * - `erased`: one of the identifiers was erased
 * - `failed`: could not be written; the code says why
 */
export type LinkFindingReason =
  | "duplicate"
  | "severalPeople"
  | "otherRef"
  | "refTaken"
  | "noIdentifier"
  | "notRouted"
  | "countryUnknown"
  | "erased"
  | "failed";

/** A customer of the system who was not linked, and why. */
export interface LinkFinding {
  /** The system's own id of its record. */
  readonly customerId: string;
  readonly reason: LinkFindingReason;
  /** The code of the failure, for `failed`. */
  readonly code?: string;
}

/**
 * - `complete`: everything that can be linked is, or (without `apply`) everything was looked at
 * - `interrupted`: the signal ended it
 * - `stopped`: the system could not be reached any more; run it again
 */
export interface LinkingReport {
  /** The destination's key in the configuration. */
  readonly destinationId: string;
  /** Whether links were to be written. */
  readonly applied: boolean;
  /** As above. */
  readonly outcome: "complete" | "interrupted" | "stopped";
  /** What stopped it; only for `stopped`. */
  readonly code?: string;
  readonly counts: LinkCounts;
  /** How many customers were not linked, by reason; a reason that never occurred is absent. */
  readonly reasons: Readonly<Partial<Record<LinkFindingReason, number>>>;
}
