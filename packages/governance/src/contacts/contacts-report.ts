import type { IdentifierKind } from "@volenti/core";

/** Which destination's contacts are looked at, and how. */
export interface ContactsRequest {
  /** The destination's key in the configuration. */
  readonly destinationId: string;
  /** ISO 8601 duration: people of whom nothing was decided or changed for so long are told. */
  readonly inactiveFor?: string | undefined;
  /** Given everything that was found, as it is found. Costs a second listing of the records, for those that are there twice. Awaited. */
  readonly onFinding?: ((finding: ContactFinding) => void | Promise<void>) | undefined;
  /** Given the people that were looked at so far, now and then. Must not throw. */
  readonly onProgress?: ((people: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * - `invalid`: a value is none of its kind, so that nobody can be reached or known by it
 * - `withoutContact`: no value that is one of its kind
 * - `duplicate`: another record has one of its identifiers
 * - `inactive`: nothing was decided or changed for the period
 */
export type ContactProblem = "invalid" | "withoutContact" | "duplicate" | "inactive";

/** A record or a person with something amiss: its own id in the system, or its ref; never a value. */
export interface ContactFinding {
  readonly problem: ContactProblem;
  /** Null for `inactive`. */
  readonly recordId: string | null;
  /** Null where the record carries none. */
  readonly subjectRef: string | null;
  /** Only for `invalid`: a kind a finding. */
  readonly kind?: IdentifierKind;
}

/** How good a destination's contacts are. Null: this destination cannot be asked that. */
export interface ContactsReport {
  /** The destination's key in the configuration. */
  readonly destinationId: string;
  /** Of the customers that the system lists, whether or not they carry a ref. */
  readonly records: {
    readonly total: number;
    readonly invalid: Readonly<Partial<Record<IdentifierKind, number>>>;
    readonly withoutContact: number;
    /** Records that share an identifier with another. */
    readonly duplicates: number;
  } | null;
  /** Of the people who are held under a ref, test people not; also null where no period was asked for. */
  readonly inactive: { readonly people: number; readonly total: number; readonly inactiveFor: string } | null;
}
