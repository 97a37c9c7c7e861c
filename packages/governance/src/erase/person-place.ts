import type { ConnectorV1, SuppressionV1 } from "@volenti/core/adapter";

/** A destination, and every ref under which it may hold the person. */
export interface PersonPlace {
  readonly id: string;
  readonly connector: ConnectorV1;
  /** At least one. */
  readonly subjectRefs: readonly string[];
  /** Of a ledger: by what the person's identifiers would be recognised afterwards. */
  readonly suppressions: readonly SuppressionV1[];
}
