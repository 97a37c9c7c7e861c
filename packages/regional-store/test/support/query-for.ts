import { randomUUID } from "node:crypto";
import type { LedgerQueryV1 } from "@volenti/core/adapter";
import { emailOf, NOON, randomRef } from "./sealed-items.ts";

/** A consultation for a submission of somebody new, given at noon. */
export function queryFor(input: Partial<LedgerQueryV1>): LedgerQueryV1 {
  return {
    proposedRef: randomRef(),
    identifiers: [emailOf(randomUUID())],
    submission: { submissionId: randomUUID(), contentDigest: "cd".repeat(32), keyId: "submission-1" },
    decisionIds: [],
    country: "FR",
    test: false,
    occurredAt: NOON,
    onlyRefuses: false,
    ...input,
  };
}
