import type { ConnectorContextV1, ErasureOutcomeV1 } from "@volenti/core/adapter";
import { chainRows } from "../intake/chain-decisions.ts";
import type { DecisionRow, MemoryRecords, PersonRow } from "../transport/memory-records.ts";
import { toOutcome } from "./to-outcome.ts";

/**
 * Removes what tests left. A person of whom everything is of tests goes whole. Of a real person only the decisions go
 * whose record says `test`: what stood apart from them stands again, and the rest of the chain is linked anew. What a
 * test wrote into a real person's profile stays, since what it replaced is gone.
 */
export async function eraseTest(request: {
  records: MemoryRecords;
  /** Asked for only where a chain is linked anew. */
  context: () => ConnectorContextV1;
}): Promise<readonly ErasureOutcomeV1[]> {
  const { records } = request;
  const refs = listTestRefs(records);
  const people = [...records.people.values()];
  const [gone, real] = [people.filter(({ ref }) => refs.has(ref)), people.filter(({ ref }) => !refs.has(ref))];
  const links = [...records.links].filter(([, { ref }]) => refs.has(ref));
  const rowsOf = new Map([...records.decisions].map(([ref, rows]) => [ref, rows.filter((row) => refs.has(ref) || isOfTest(row))]));
  const removed = new Set([...rowsOf.values()].flat());
  const remaining = await chainRemaining({ ...request, removed });
  const stateCounts = [...gone.map(({ states }) => states.size), ...real.map(countOfTest)];

  // From here on nothing can fail and nothing waits.
  for (const ref of refs) records.people.delete(ref);
  for (const [blindIndex] of links) records.links.delete(blindIndex);
  removeCustody({ records, refs });
  for (const person of real) records.people.set(person.ref, { ...person, states: person.realStates });
  for (const { decisionId } of removed) records.decisionsById.delete(decisionId);
  for (const [ref, rows] of remaining) replaceRows({ records, ref, rows });
  return [
    toOutcome({ kind: "profile", count: sum(gone.map(({ attributes }) => attributes.size)) }),
    toOutcome({ kind: "states", count: sum(stateCounts) }),
    toOutcome({ kind: "identifiers", count: links.length }),
    toOutcome({ kind: "decisions", count: removed.size }),
  ];
}

/** Everybody of whom something is kept, and nothing that is real: neither a write nor an identifier that came with one. */
function listTestRefs({ people, links }: MemoryRecords): ReadonlySet<string> {
  const marks = [...people.values(), ...links.values()];
  const real = new Set(marks.flatMap(({ ref, test }) => (test ? [] : [ref])));
  return new Set(marks.flatMap(({ ref }) => (real.has(ref) ? [] : [ref])));
}

/** The rows that stay of everybody who loses one, by ref. */
async function chainRemaining(request: {
  records: MemoryRecords;
  removed: ReadonlySet<DecisionRow>;
  context: () => ConnectorContextV1;
}): Promise<ReadonlyMap<string, readonly DecisionRow[]>> {
  const { records, removed, context } = request;
  const remaining = new Map<string, readonly DecisionRow[]>();
  for (const [ref, rows] of records.decisions) {
    const stay = rows.filter((row) => !removed.has(row));
    if (stay.length === rows.length) continue;
    // An unbroken chain says that nothing was taken out unseen; this was taken out on purpose.
    remaining.set(ref, stay.length === 0 ? [] : await chainRows({ rows: stay, last: undefined, context: context() }));
  }
  return remaining;
}

function replaceRows(request: { records: MemoryRecords; ref: string; rows: readonly DecisionRow[] }): void {
  const { records, ref, rows } = request;
  for (const row of rows) records.decisionsById.set(row.decisionId, row);
  if (rows.length === 0) records.decisions.delete(ref);
  else records.decisions.set(ref, [...rows]);
}

function removeCustody(request: { records: MemoryRecords; refs: ReadonlySet<string> }): void {
  const { holds, restrictions, merges, rightsRequests, accesses, followUps, recordIds } = request.records;
  const isOfTestPerson = (ref: string | null): boolean => ref !== null && request.refs.has(ref);
  for (const [holdId, { ref }] of holds) if (isOfTestPerson(ref)) holds.delete(holdId);
  for (const [requestId, { subjectRef }] of rightsRequests) if (isOfTestPerson(subjectRef)) rightsRequests.delete(requestId);
  for (const [accessId, { subjectRef }] of accesses) if (isOfTestPerson(subjectRef)) accesses.delete(accessId);
  for (const [key, { followUp }] of followUps) if (isOfTestPerson(followUp.subjectRef)) followUps.delete(key);
  for (const ref of request.refs) {
    restrictions.delete(ref);
    recordIds.delete(ref);
    merges.delete(ref);
  }
}

export function isOfTest({ canonical }: DecisionRow): boolean {
  return (JSON.parse(canonical) as { test?: unknown }).test === true;
}

function countOfTest({ states, realStates }: PersonRow): number {
  return [...states].filter(([key, { decisionId }]) => realStates.get(key)?.decisionId !== decisionId).length;
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
