import { CONSENT_STATUSES, IDENTIFIER_KINDS, type ConnectorTraitsV1 } from "@volenti/core/adapter";

export const REGIONAL_STORE_TRAITS: ConnectorTraitsV1 = {
  // The upsert of volenti.write_v1 compares (effective_at, rank, decision_id) in its own WHERE, under the row's lock.
  staleWriteGuard: "atServer",
  // The same for (changed_at, submission_id) of each attribute.
  profileStaleGuard: "atServer",
  // decision_id is the primary key, and a recorded one is answered `unchanged`.
  idempotency: "byDecisionId",
  // One function call is one transaction; an item that fails is left out of it as a whole.
  atomicity: "perSubject",
  // Nothing may update or delete a decision: there is no policy for it, except of test people.
  historyDepth: "everyDecision",
  // Reads go to the same server, not to a replica.
  readAfterWrite: "immediate",
  // Instants are kept as bigint milliseconds.
  instantPrecision: "millisecond",
  // The status is kept as text.
  representableStatuses: CONSENT_STATUSES,
  // A blind index of every kind.
  subjectKeys: IDENTIFIER_KINDS,
  // Where the cost a row stopped falling, measured with three decisions and six attributes an item.
  maxBatchSize: 500,
};
