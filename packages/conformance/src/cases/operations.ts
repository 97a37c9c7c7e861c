import type { ConnectorV1, SignedHead, SubjectWriteV1 } from "@volenti/core/adapter";
import type { Person } from "../world/person.ts";
import { toQuery } from "./consult.ts";

/** One call on a connector, by the name that its errors should give. */
export interface Operation {
  readonly name: string;
  readonly call: () => Promise<unknown>;
}

/** Every call that only reads, about one person. */
export function readsOf(request: { connector: ConnectorV1; person: Person }): Operation[] {
  const { connector, person } = request;
  const { ref: subjectRef, identifiers } = person;
  const identifier = identifiers.find(({ kind }) => connector.traits.subjectKeys.includes(kind));
  const { consent, consentHistory, custody, ledger, overview, population, provisioning } = connector;
  const reads: Operation[] = [
    { name: "checkConnection", call: () => connector.checkConnection() },
    { name: "consent.getState", call: () => connector.consent.getState({ subjectRef, purpose: "marketing.email", channel: "email" }) },
    { name: "consent.listStates", call: () => connector.consent.listStates({ subjectRef }) },
    { name: "profiles.get", call: () => connector.profiles.get({ subjectRef }) },
  ];
  if (consent.listStatesOf !== undefined) {
    reads.push({ name: "consent.listStatesOf", call: async () => consent.listStatesOf?.({ subjectRefs: [subjectRef] }) });
  }
  if (identifier !== undefined) reads.push({ name: "profiles.find", call: () => connector.profiles.find({ identifier }) });
  if (consentHistory !== undefined) {
    reads.push({ name: "consentHistory.listDecisions", call: () => drain(consentHistory.listDecisions({ subjectRef })) });
    reads.push({ name: "consentHistory.listDecisions of all", call: () => drain(consentHistory.listDecisions({})) });
    if (consentHistory.listChainEnds !== undefined) {
      reads.push({ name: "consentHistory.listChainEnds", call: () => drain(consentHistory.listChainEnds?.() ?? noRows()) });
    }
  }
  if (custody !== undefined) {
    reads.push({ name: "custody.listHolds", call: () => custody.listHolds({ subjectRef }) });
    reads.push({ name: "custody.getRestriction", call: () => custody.getRestriction({ subjectRef }) });
    reads.push({ name: "custody.listMerged", call: () => custody.listMerged({ subjectRef }) });
    reads.push({ name: "custody.listSuppressions", call: () => custody.listSuppressions({ subjectRef }) });
  }
  if (overview !== undefined) reads.push({ name: "overview.read", call: () => overview.read({ name: { subjectRef } }) });
  if (population !== undefined) reads.push({ name: "population.listPeople", call: () => drain(population.listPeople({})) });
  if (provisioning !== undefined) reads.push({ name: "provisioning.plan", call: () => provisioning.plan() });
  if (ledger !== undefined) reads.push({ name: "ledger.consult", call: () => ledger.consult({ queries: [toQuery({ identifiers })] }) });
  return reads;
}

/** Every call that changes something, about the person of an item. */
export function writesOf(request: { connector: ConnectorV1; item: SubjectWriteV1 }): Operation[] {
  const { connector, item } = request;
  const { erasure, provisioning } = connector;
  const subjectRef = item.subject.ref;
  const writes: Operation[] = [{ name: "intake.write", call: () => connector.intake.write({ items: [item], heads: [] }) }];
  if (erasure !== undefined) {
    writes.push({ name: "erasure.erase", call: () => erasure.erase({ subjectRef, reason: "subjectRequest", requestedAt: 0 }) });
    writes.push({ name: "erasure.eraseTest", call: () => erasure.eraseTest() });
  }
  if (provisioning !== undefined) writes.push({ name: "provisioning.apply", call: () => provisioning.apply() });
  return writes;
}

async function drain(rows: AsyncIterable<unknown>): Promise<unknown[]> {
  const drained: unknown[] = [];
  for await (const row of rows) drained.push(row);
  return drained;
}

async function* noRows(): AsyncGenerator<never> {}

/** What a write of one item came to: what was answered, or the error, wherever it was put. */
export async function attemptWrite(request: {
  connector: ConnectorV1;
  item: SubjectWriteV1;
  heads: readonly SignedHead[];
  signal?: AbortSignal | undefined;
}): Promise<{ status: "written" | "notHeld" | "failed" | "rejected"; error: unknown }> {
  const { connector, item, heads, signal } = request;
  try {
    const [outcome] = await connector.intake.write({ items: [item], heads, ...(signal === undefined ? {} : { signal }) });
    if (outcome === undefined) return { status: "failed", error: undefined };
    return { status: outcome.status, error: outcome.status === "failed" ? outcome.error : undefined };
  } catch (error) {
    return { status: "rejected", error };
  }
}
