import type { ConnectorError } from "../../error/connector-error.ts";
import type { IdentifierKind } from "../../model/identifier.ts";

/**
 * Customers who were in the system before us, and the refs that they are given. The facet lists and writes; who is who
 * is decided elsewhere.
 */
export interface LinkingFacetV1 {
  /**
   * Every customer of the system, those that carry a ref already included, in one order that does not change while
   * nobody is removed (the oldest first where the system can say). Null as the cursor: from the beginning; a customer's
   * own cursor continues behind that customer. What was merged into another or deleted is left out.
   *
   * Streams whole pages of the system: holds no more than a page in memory. A list that breaks half-way rejects; it
   * does not just end.
   */
  listCustomers(request: { cursor: string | null; signal?: AbortSignal | undefined }): AsyncIterable<ListedCustomerV1>;
  /**
   * Writes refs to customers; answers one outcome a link, in the order of the links. Never overwrites another ref: what
   * stands is looked at in the same step, and of two writers who race for one customer, or for one ref, one is told
   * `conflict`. One bad link never sinks its neighbours; a rejected promise means that the whole call failed. The same
   * links may come again, also after they were written.
   */
  link(request: { links: readonly CustomerLinkV1[]; signal?: AbortSignal | undefined }): Promise<readonly LinkOutcomeV1[]>;
}

/** A customer who was in the system before, with the identifiers that name them. */
export interface ListedCustomerV1 {
  /** The system's own id of its record: names nobody by itself, and may be shown in a report. */
  readonly customerId: string;
  /** The ref that the record carries; null where it carries none. */
  readonly subjectRef: string | null;
  /** By which the customer may be known, as they stand in the system: not normalised, and perhaps not of their kind at all. */
  readonly values: readonly { readonly kind: IdentifierKind; readonly value: string }[];
  /** As it stands: an ISO 3166-1 code where the system holds codes, else whatever somebody wrote; null where nothing. */
  readonly country: string | null;
  /** Where to go on after this one; opaque, and holds nothing of a person. */
  readonly cursor: string;
}

/** Which record of the system belongs to which ref. */
export interface CustomerLinkV1 {
  /** The system's own id of its record. */
  readonly customerId: string;
  /** The ref that the record is to carry from then on. */
  readonly subjectRef: string;
}

/**
 * - `linked`: the record carries the ref now, and did not before
 * - `unchanged`: it carried this very ref already
 * - `conflict`: it carries another, or another record carries this one; nothing was written
 * - `failed`: nothing was written, or (`outcomeUnknown`) nobody knows
 */
export type LinkOutcomeV1 =
  | {
      readonly customerId: string;
      readonly status: "linked" | "unchanged";
      /** As of a write's outcome: for the ledger that names the person to keep. */
      readonly recordId?: string | undefined;
    }
  | { readonly customerId: string; readonly status: "conflict" }
  | { readonly customerId: string; readonly status: "failed"; readonly error: ConnectorError };
