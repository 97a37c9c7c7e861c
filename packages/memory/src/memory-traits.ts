import { CONSENT_STATUSES, IDENTIFIER_KINDS, type ConnectorTraitsV1, type IdentifierKind } from "@volenti/core/adapter";

/** The kinds that a profile can be searched by where no ledger links the others. */
export const PROFILE_KEYS: readonly IdentifierKind[] = ["email", "phone"];

/** What the memory keeps of its promises, with the evidence a trait. */
export function memoryTraits(request: { hasLedger: boolean }): ConnectorTraitsV1 {
  return {
    // One transaction at a time, and each compares with what stands at that moment.
    staleWriteGuard: "atServer",
    // As above; a cleared attribute keeps its instant.
    profileStaleGuard: "atServer",
    // A decision id is looked up before its row is added, in the same transaction.
    idempotency: "byDecisionId",
    // Everything of an item is computed first, and committed without a pause in between.
    atomicity: "perSubject",
    // Rows are only ever added.
    historyDepth: "everyDecision",
    // A write answers after its commit, and there is one copy.
    readAfterWrite: "immediate",
    // Instants are kept as the numbers that they came as.
    instantPrecision: "millisecond",
    // Statuses are kept as the words that they came as.
    representableStatuses: CONSENT_STATUSES,
    subjectKeys: request.hasLedger ? IDENTIFIER_KINDS : PROFILE_KEYS,
    // No limit of its own; a bound keeps one transaction from holding up the others.
    maxBatchSize: 500,
  };
}
