import { matchesAnyAttribute, type ErasureFacetV1, type ErasureOutcomeV1, type HoldV1 } from "@volenti/core/adapter";
import { holdsInForce } from "../custody/who-is-who.ts";
import type { MemoryRecords, PersonRow } from "../transport/memory-records.ts";
import type { MemorySession } from "../transport/memory-session.ts";
import { eraseTest } from "./erase-test.ts";
import { toOutcome } from "./to-outcome.ts";

const OPERATION = "erasure.erase";

/**
 * Erases people, those whom the ledger only reserved included. What proves a decision stays: it names a ref that nothing
 * leads to any more. Whoever is held as a whole is left as they are; of whom only some attributes are held, those stay.
 */
export function createEraser(session: MemorySession): ErasureFacetV1 {
  return {
    erase: (request) =>
      session.call({
        operation: OPERATION,
        changes: true,
        about: request,
        work: async ({ records, requireServed }) => {
          const { subjectRef, reason, requestedAt } = request;
          requireServed({ subjectRef, about: request });
          const now = session.context(OPERATION).clock.now();
          const holds = holdsInForce({ records, subjectRef, now });
          const outcomes = eraseOne({ records, subjectRef, erasedAt: requestedAt, holds });
          if (outcomes.some(({ outcome }) => outcome === "erased")) records.erasures.push({ subjectRef, reason, requestedAt, erasedAt: now });
          return outcomes;
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

interface Erasure {
  records: MemoryRecords;
  subjectRef: string;
  erasedAt: number;
  holds: readonly HoldV1[];
}

function eraseOne(request: Erasure): ErasureOutcomeV1[] {
  const { records, subjectRef, holds } = request;
  const person = records.people.get(subjectRef);
  const proofs = records.decisions.get(subjectRef)?.length ?? 0;
  if (holds.some(({ scope }) => scope.includes("*"))) return retainAll({ ...request, person, proofs });
  for (const [key, { followUp }] of records.followUps) if (followUp.subjectRef === subjectRef) records.followUps.delete(key);
  records.recordIds.delete(subjectRef);
  const held = [...(person?.attributes ?? [])].filter(([attribute, { value }]) => value !== null && isCovered({ holds, attribute }));
  const states = person?.states.size ?? 0;
  if (person === undefined || held.length === 0) {
    records.people.delete(subjectRef);
    records.restrictions.delete(subjectRef);
  } else records.people.set(subjectRef, { ...person, states: new Map(), realStates: new Map(), attributes: new Map(held) });
  return [
    toOutcome({ kind: "profile", count: (person?.attributes.size ?? 0) - held.length }),
    ...(held.length === 0 ? [] : [toHeld({ kind: "heldAttributes", count: held.length, holds })]),
    toOutcome({ kind: "states", count: states }),
    toOutcome({ kind: "identifiers", count: unlink(request) }),
    proofs === 0
      ? toOutcome({ kind: "decisions", count: 0 })
      : { kind: "decisions", outcome: "retained", count: proofs, reason: "proofWithoutIdentity" },
  ];
}

function retainAll(request: Erasure & { person: PersonRow | undefined; proofs: number }): ErasureOutcomeV1[] {
  const { records, subjectRef, holds, person, proofs } = request;
  return [
    toHeld({ kind: "profile", count: person?.attributes.size ?? 0, holds }),
    toHeld({ kind: "states", count: person?.states.size ?? 0, holds }),
    toHeld({ kind: "identifiers", count: [...records.links.values()].filter(({ ref }) => ref === subjectRef).length, holds }),
    toHeld({ kind: "decisions", count: proofs, holds }),
  ];
}

function isCovered(request: { holds: readonly HoldV1[]; attribute: string }): boolean {
  return request.holds.some(({ scope }) => matchesAnyAttribute({ patterns: scope, attribute: request.attribute }));
}

/** Until the last of the holds ends; without an end where one of them has none. */
function toHeld(request: { kind: string; count: number; holds: readonly HoldV1[] }): ErasureOutcomeV1 {
  const { kind, count, holds } = request;
  if (count === 0) return toOutcome({ kind, count });
  const ends = holds.map(({ until }) => until ?? Infinity);
  const last = Math.max(...ends);
  return { kind, outcome: "retained", count, reason: "held", ...(last === Infinity ? {} : { until: new Date(last).toISOString() }) };
}

function unlink(request: Erasure): number {
  const { records, subjectRef, erasedAt } = request;
  const links = [...records.links].filter(([, { ref }]) => ref === subjectRef);
  for (const [blindIndex, { suppressionDigest, suppressionKeyId: keyId, kind }] of links) {
    records.links.delete(blindIndex);
    // Requests arrive in any order: what was erased up to a later instant stays so.
    const since = Math.max(erasedAt, records.suppressions.get(suppressionDigest)?.since ?? erasedAt);
    records.suppressions.set(suppressionDigest, { since, kind, keyId });
  }
  return links.length;
}
