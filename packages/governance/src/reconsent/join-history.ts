import { ConnectorError } from "@volenti/core";
import type { ConnectorV1, ListedPersonV1 } from "@volenti/core/adapter";
import { readRecords } from "../support/find-place.ts";
import { readDecisionRecord, type ReadRecord } from "../support/read-decision-record.ts";

/** A person with the records of their decisions, in the order of their recording. */
export interface PersonWithRecords {
  readonly person: ListedPersonV1;
  readonly records: readonly ReadRecord[];
}

/**
 * Reads a list of people and the history of the same store side by side, both ordered by ref: one pass over each, one person's
 * records in memory. A store without a history, or without a list of its own, gives none. Rejects with `malformedResponse` where either is out of order, since
 * records would be missed without a word. Records of those who were merged into somebody are read apart.
 */
export async function* joinHistory(request: {
  people: AsyncIterable<ListedPersonV1>;
  connector: ConnectorV1;
}): AsyncGenerator<PersonWithRecords, void, undefined> {
  const { people, connector } = request;
  const { consentHistory, population } = connector;
  // Who is known by the customers that a system lists comes in the system's own order: there is nothing to join by.
  const rows = population === undefined ? undefined : consentHistory?.listDecisions({})[Symbol.asyncIterator]();
  try {
    const take = async (): Promise<{ subjectRef: string; canonical: string } | undefined> => {
      const step = await rows?.next();
      return step === undefined || step.done === true ? undefined : step.value;
    };
    let next = await take();
    let [lastPerson, lastRow] = ["", ""];
    for await (const person of people) {
      if (rows !== undefined) ensureOrder({ connector, earlier: lastPerson, later: person.subjectRef });
      lastPerson = person.subjectRef;
      const records: ReadRecord[] = [];
      while (next !== undefined && next.subjectRef <= person.subjectRef) {
        ensureOrder({ connector, earlier: lastRow, later: next.subjectRef });
        lastRow = next.subjectRef;
        const record = next.subjectRef === person.subjectRef ? readDecisionRecord(next.canonical) : null;
        if (record !== null) records.push(record);
        next = await take();
      }
      yield { person, records: rows === undefined || person.merged.length === 0 ? records : await addMerged({ connector, person, records }) };
    }
  } finally {
    await rows?.return?.();
  }
}

/** Together in the order in which decisions count, since each ref has an order of its own. */
async function addMerged(request: { connector: ConnectorV1; person: ListedPersonV1; records: readonly ReadRecord[] }): Promise<readonly ReadRecord[]> {
  const { connector, person, records } = request;
  const others = await readRecords({ connector, subjectRefs: person.merged });
  return [...records, ...others].toSorted((left, right) => left.effectiveAt - right.effectiveAt);
}

function ensureOrder(request: { connector: ConnectorV1; earlier: string; later: string }): void {
  const { connector, earlier, later } = request;
  if (earlier > later) throw new ConnectorError({ code: "malformedResponse", connectorId: connector.connectorId, operation: "reconsent" });
}
