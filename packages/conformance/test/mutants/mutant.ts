import type {
  ConnectorV1,
  ConsentState,
  IntakeFacetV1,
  LedgerAnswerV1,
  LedgerFacetV1,
  LedgerQueryV1,
  SubjectWriteV1,
  WriteBatchV1,
  WriteOutcomeV1,
} from "@volenti/core/adapter";
import type { MemorySystem, PersonRow } from "@volenti/memory";

/** A deliberately wrong adapter, and the cases that must catch it. */
export interface Mutant {
  /** What it does wrong. */
  readonly name: string;
  /** What is wrapped; `memory` where absent. */
  readonly base?: "memory" | "ledgerless" | "weak" | "withCustomers";
  readonly mutate: (parts: MutantParts) => ConnectorV1;
  /** Ids of cases, each of which must fail. */
  readonly caughtBy: readonly string[];
}

export interface MutantParts {
  readonly connector: ConnectorV1;
  readonly system: MemorySystem;
}

/** Replaces the one write. */
export function withWrite(request: {
  connector: ConnectorV1;
  write: (batch: WriteBatchV1, original: IntakeFacetV1["write"]) => Promise<readonly WriteOutcomeV1[]>;
}): ConnectorV1 {
  const { connector, write } = request;
  const original = connector.intake.write;
  return { ...connector, intake: { write: (batch) => write(batch, original) } };
}

/** Changes what reaches the system. */
export function withItems(request: { connector: ConnectorV1; change: (item: SubjectWriteV1) => SubjectWriteV1 }): ConnectorV1 {
  const { connector, change } = request;
  return withWrite({ connector, write: (batch, original) => original({ ...batch, items: batch.items.map(change) }) });
}

/** Changes what is answered, one outcome an item. */
export function withOutcomes(request: {
  connector: ConnectorV1;
  change: (outcome: WriteOutcomeV1, item: SubjectWriteV1 | undefined) => WriteOutcomeV1;
}): ConnectorV1 {
  const { connector, change } = request;
  return withWrite({
    connector,
    write: async (batch, original) => (await original(batch)).map((outcome, index) => change(outcome, batch.items[index])),
  });
}

/** Changes people's rows after a write, behind the connector's back. */
export function withRows(request: {
  parts: MutantParts;
  change: (change: { before: PersonRow | undefined; after: PersonRow; item: SubjectWriteV1 }) => PersonRow;
}): ConnectorV1 {
  const { connector, system } = request.parts;
  const { people } = system.records;
  return withWrite({
    connector,
    write: async (batch, original) => {
      const before = new Map(people);
      const outcomes = await original(batch);
      for (const item of batch.items) {
        const { ref } = item.subject;
        const after = people.get(ref);
        if (after !== undefined) people.set(ref, request.change({ before: before.get(ref), after, item }));
      }
      return outcomes;
    },
  });
}

/** Replaces the look-up; a connector without a ledger stays as it is. */
export function withLedger(request: {
  connector: ConnectorV1;
  consult: (question: Parameters<LedgerFacetV1["consult"]>[0], original: LedgerFacetV1["consult"]) => Promise<readonly LedgerAnswerV1[]>;
}): ConnectorV1 {
  const { connector, consult } = request;
  if (connector.ledger === undefined) return connector;
  const original = connector.ledger.consult;
  return { ...connector, ledger: { consult: (question) => consult(question, original) } };
}

/** Changes each query on its way in and each answer on its way out. */
export function withAnswers(request: {
  connector: ConnectorV1;
  query?: (query: LedgerQueryV1) => LedgerQueryV1;
  answer?: (answer: LedgerAnswerV1, query: LedgerQueryV1 | undefined) => LedgerAnswerV1;
}): ConnectorV1 {
  const { connector, query = (same) => same, answer = (same) => same } = request;
  return withLedger({
    connector,
    consult: async (question, original) => {
      const answers = await original({ ...question, queries: question.queries.map(query) });
      return answers.map((each, index) => answer(each, question.queries[index]));
    },
  });
}

/** Lets others run in between, as any call to a server does. */
export async function pause(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setTimeout(resolve, 0));
}

/** Changes the states that reach the system. */
export function mapStates(request: { item: SubjectWriteV1; change: (state: ConsentState) => ConsentState }): SubjectWriteV1 {
  return { ...request.item, states: request.item.states.map(request.change) };
}
