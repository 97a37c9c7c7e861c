import type { ErasureReason } from "../connector/v1/erasure-facet-v1.ts";
import type { SuppressionV1 } from "../connector/v1/custody-facet-v1.ts";

/**
 * What was erased, kept outside the stores, so that whoever restores an older backup can erase again. Refs and keyed digests;
 * nothing that identifies anybody without the keyring.
 */
export interface ErasureLog {
  /** Resolves when the entry is safe on disk. Several processes may append at once. */
  append(entry: ErasureLogEntry): Promise<void>;
  /** In the order of appending; nothing where there is no log yet. Rejects where an entry in the middle cannot be read. */
  read(): AsyncIterable<ErasureLogEntry>;
}

/** One line of an erasure log: who was erased where, by refs alone. */
export type ErasureLogEntry = ErasureLogErasure | ErasureLogDone;

/** Written before the first destination is asked to erase. */
export interface ErasureLogErasure {
  readonly schema: "volenti-erasure-log-1";
  readonly kind: "erasure";
  /** UUID. */
  readonly entryId: string;
  /** RFC 3339 UTC: what was given before is to stay erased. */
  readonly requestedAt: string;
  /** RFC 3339 UTC: when the erasing began, which took what was given until then. */
  readonly loggedAt: string;
  readonly reason: ErasureReason;
  /** In the order of erasing: ledgers last. */
  readonly places: readonly ErasureLogPlace[];
  /** Dotted patterns of the attributes that holds kept; all others were masked, and nothing was erased. Empty: everything was erased. */
  readonly kept: readonly string[];
}

/** A destination of an erasure, and the ref under which it holds the person. */
export interface ErasureLogPlace {
  /** The destination's key in the configuration. */
  readonly destinationId: string;
  /** Every ref of the person that is erased there. */
  readonly subjectRefs: readonly string[];
  /**
   * Whether the refs are digests of an identifier, which the same person is given again, since no ledger knew them. A random
   * ref is never given twice.
   */
  readonly derivedRefs: boolean;
  /** Of a ledger: by what the identifiers are recognised. Empty elsewhere. */
  readonly suppressions: readonly SuppressionV1[];
}

/** Written when a run has ended. */
export interface ErasureLogDone {
  readonly schema: "volenti-erasure-log-1";
  readonly kind: "done";
  /** Of the entry of kind `erasure` that has ended. */
  readonly entryId: string;
  /** RFC 3339 UTC. */
  readonly finishedAt: string;
  /** `held`: something stays until a hold ends. `incomplete`: a destination did not answer, and the erasure is to be run again. */
  readonly outcome: "complete" | "incomplete" | "held";
}
