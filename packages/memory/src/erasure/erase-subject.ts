import type { ErasureFacetV1, ErasureOutcomeV1 } from "@volenti/core/adapter";
import type { MemoryRecords } from "../transport/memory-records.ts";
import type { MemorySession } from "../transport/memory-session.ts";
import { eraseTest } from "./erase-test.ts";
import { toOutcome } from "./to-outcome.ts";

/**
 * Erases people, those whom the ledger only reserved included. What proves a decision stays: it names a ref that nothing
 * leads to any more.
 */
export function createEraser(session: MemorySession): ErasureFacetV1 {
  return {
    erase: (request) =>
      session.call({
        operation: "erasure.erase",
        changes: true,
        about: request,
        work: async ({ records, requireServed }) => {
          requireServed({ subjectRef: request.subjectRef, about: request });
          return eraseOne({ records, subjectRef: request.subjectRef, erasedAt: request.requestedAt });
        },
      }),
    eraseTest: () =>
      session.call({
        operation: "erasure.eraseTest",
        changes: true,
        about: null,
        work: ({ records }) => eraseTest({ records, context: () => session.context("erasure.eraseTest") }),
      }),
  };
}

function eraseOne(request: { records: MemoryRecords; subjectRef: string; erasedAt: number }): ErasureOutcomeV1[] {
  const { records, subjectRef, erasedAt } = request;
  const person = records.people.get(subjectRef);
  const proofs = records.decisions.get(subjectRef)?.length ?? 0;
  records.people.delete(subjectRef);
  return [
    toOutcome({ kind: "profile", count: person?.attributes.size ?? 0 }),
    toOutcome({ kind: "states", count: person?.states.size ?? 0 }),
    toOutcome({ kind: "identifiers", count: unlink({ records, subjectRef, erasedAt }) }),
    proofs === 0
      ? toOutcome({ kind: "decisions", count: 0 })
      : { kind: "decisions", outcome: "retained", count: proofs, reason: "proofWithoutIdentity" },
  ];
}

function unlink(request: { records: MemoryRecords; subjectRef: string; erasedAt: number }): number {
  const { records, subjectRef, erasedAt } = request;
  const links = [...records.links].filter(([, { ref }]) => ref === subjectRef);
  for (const [blindIndex, { suppressionDigest }] of links) {
    records.links.delete(blindIndex);
    // Requests arrive in any order: what was erased up to a later instant stays so.
    records.suppressions.set(suppressionDigest, Math.max(erasedAt, records.suppressions.get(suppressionDigest) ?? erasedAt));
  }
  return links.length;
}
