import { randomUUID } from "node:crypto";
import type { ConnectorV1 } from "@volenti/core/adapter";
import { collectAll } from "./collect-all.ts";
import { queryFor } from "./query-for.ts";
import { makeBatch, makeItem, NOON, randomRef } from "./sealed-items.ts";

/** A text for every place of every call that takes one. */
export interface EveryCallRequest {
  readonly store: ConnectorV1;
  readonly text: string;
  /** One of the catalogue's, of which something is decided. */
  readonly purpose: { readonly key: string; readonly version: string };
}

/**
 * Three people are written, read and listed, two of them merged and erased, and everything that the store keeps of people is
 * kept, with one text in every place. Calls that refuse the text are passed over. Answers the names of those that took it.
 */
export async function makeEveryCall(request: EveryCallRequest): Promise<ReadonlySet<string>> {
  const people = { first: randomRef(), second: randomRef(), third: randomRef() };
  const taken = new Set<string>();
  const named = { ...request, ...people };
  for (const [name, call] of [...callsOfIntake(named), ...callsOfCustody(named), ...callsOfReading(named), ...callsOfTheLog(named), ...callsOfTheEnd(named)]) {
    await Promise.resolve()
      .then(call)
      .then(() => taken.add(name))
      .catch(() => null);
  }
  return taken;
}

type NamedCall = readonly [name: string, call: () => unknown];
type People = EveryCallRequest & { readonly first: string; readonly second: string; readonly third: string };

function callsOfIntake({ store, text, purpose, first, second, third }: People): readonly NamedCall[] {
  return [first, second, third].flatMap((ref, index): readonly NamedCall[] => {
    const identifiers = [{ kind: "loyaltyId", value: `${text}${index}` }, { kind: "email", value: `${text}${index}@example.com` }] as const;
    const profile = { givenName: text, "address.locality": text, [text]: text };
    const decisions = [{ purpose: purpose.key, purposeVersion: purpose.version, channel: "email" }];
    return [
      ["ledger.consult", () => store.ledger?.consult({ queries: [queryFor({ proposedRef: ref, identifiers })] })],
      ["intake.write", () => store.intake.write(makeBatch([makeItem({ ref, identifiers, profile, decisions })]))],
      ["profiles.find", () => store.profiles.find({ identifier: identifiers[0] })],
      ["overview.read", () => store.overview?.read({ name: { identifier: identifiers[1] } })],
    ];
  });
}

function callsOfCustody({ store, text, first, second }: People): readonly NamedCall[] {
  const { custody } = store;
  const holdId = randomUUID();
  const rightsRequest = { requestId: randomUUID(), revision: 1, kind: text, state: text, isOpen: true, subjectRef: first, dueAt: NOON, document: { [text]: text } };
  const access = { accessId: randomUUID(), at: NOON, subjectRef: first, operation: text, actor: text, reason: text, attributes: [text], recipient: text };
  return [
    ["custody.setHold", () => custody?.setHold({ subjectRef: first, hold: { holdId, scope: [text], law: text, reason: text, until: null, setAt: NOON } })],
    ["custody.listHolds", () => custody?.listHolds({ subjectRef: text })],
    ["custody.liftHold of no id", () => custody?.liftHold({ subjectRef: text, holdId: text, liftedAt: NOON })],
    ["custody.liftHold", () => custody?.liftHold({ subjectRef: first, holdId, liftedAt: NOON })],
    ["custody.setRestriction", () => custody?.setRestriction({ subjectRef: first, restriction: { since: NOON, reason: text } })],
    ["custody.getRestriction", () => custody?.getRestriction({ subjectRef: text })],
    ["custody.saveRightsRequest", () => custody?.saveRightsRequest({ rightsRequest, expectedRevision: null })],
    ["custody.getRightsRequest", () => custody?.getRightsRequest({ requestId: text })],
    ["custody.listRightsRequests", () => readWhole(custody?.listRightsRequests({ subjectRef: text }))],
    ["custody.recordAccesses", () => custody?.recordAccesses({ accesses: [access] })],
    ["custody.listAccesses", () => readWhole(custody?.listAccesses({ subjectRef: text }))],
    ["custody.listAccesses of all", () => readWhole(custody?.listAccesses({}))],
    ["custody.mergeSubjects of nobody", () => custody?.mergeSubjects({ from: text, into: text, mergedAt: NOON })],
    ["custody.mergeSubjects", () => custody?.mergeSubjects({ from: second, into: first, mergedAt: NOON })],
    ["custody.listMerged", () => custody?.listMerged({ subjectRef: text })],
    ["custody.listMergedPeople", () => custody?.listMergedPeople({ subjectRefs: [text, first] })],
  ];
}

function callsOfReading({ store, text, purpose, first }: People): readonly NamedCall[] {
  const { consent, consentHistory, overview, population, profiles, rewrapping } = store;
  return [
    ["profiles.get", () => profiles.get({ subjectRef: text })],
    ["profiles.get of somebody", () => profiles.get({ subjectRef: first })],
    ["overview.read by ref", () => overview?.read({ name: { subjectRef: text } })],
    ["overview.read of somebody", () => overview?.read({ name: { subjectRef: first } })],
    ["population.listPeople", () => readWhole(population?.listPeople({ after: text }))],
    ["population.listPeople of all", () => readWhole(population?.listPeople({}))],
    ["consent.getState", () => consent.getState({ subjectRef: first, purpose: text, channel: text })],
    ["consent.getState of a purpose", () => consent.getState({ subjectRef: first, purpose: purpose.key, channel: "email" })],
    ["consent.listStates", () => consent.listStates({ subjectRef: text })],
    ["consent.listStatesOf", () => consent.listStatesOf?.({ subjectRefs: [text, first] })],
    ["consentHistory.listDecisions", () => readWhole(consentHistory?.listDecisions({ subjectRef: text }))],
    ["consentHistory.listDecisions of all", () => readWhole(consentHistory?.listDecisions({}))],
    ["consentHistory.listChainEnds", () => readWhole(consentHistory?.listChainEnds?.())],
    ["consentHistory.listHeads", () => readWhole(consentHistory?.listHeads?.())],
    ["rewrapping.countWrapped", () => rewrapping?.countWrapped({})],
    ["rewrapping.rewrapPage", () => rewrapping?.rewrapPage({ after: text })],
    ["rewrapping.rewrapPage of all", () => rewrapping?.rewrapPage({ after: null })],
  ];
}

function callsOfTheLog({ store, text, first }: People): readonly NamedCall[] {
  const { checkpoints, followUps, recordIds } = store;
  const checkpoint = { size: 1, root: "ab".repeat(32), jws: text, peaks: "ab".repeat(32) };
  const followUpId = randomUUID();
  return [
    ["checkpoints.appendToLog", () => checkpoints?.appendToLog({ limit: 1000 })],
    ["checkpoints.saveCheckpoint of no root", () => checkpoints?.saveCheckpoint({ checkpoint: { ...checkpoint, root: text, peaks: text }, previousSize: null })],
    ["checkpoints.saveCheckpoint", () => checkpoints?.saveCheckpoint({ checkpoint, previousSize: null })],
    ["checkpoints.findCheckpoint", () => checkpoints?.findCheckpoint({})],
    ["checkpoints.listCheckpoints", () => readWhole(checkpoints?.listCheckpoints())],
    ["checkpoints.listLog", () => readWhole(checkpoints?.listLog({ from: 0 }))],
    ["checkpoints.findInLog", () => checkpoints?.findInLog({ decisionId: text })],
    ["followUps.plan", () => followUps?.plan({ destinationId: text, delayInMs: 0, followUps: [{ followUpId, subjectRef: text, document: { [text]: text } }] })],
    ["recordIds.keep", () => recordIds?.keep({ destinationId: text, recordIds: [{ subjectRef: first, recordId: text }] })],
    ["followUps.claim", () => followUps?.claim({ destinationId: text, holder: text, durationInMs: 1, limit: 1 })],
    ["followUps.finish", () => followUps?.finish({ destinationId: text, holder: text, followUpIds: [followUpId] })],
  ];
}

function callsOfTheEnd({ store, text, first }: People): readonly NamedCall[] {
  const { custody, erasure } = store;
  return [
    ["custody.listSuppressions", () => custody?.listSuppressions({ subjectRef: first })],
    ["custody.suppress", () => custody?.suppress({ suppressions: [{ kind: "email", keyId: text, digest: text }], since: NOON })],
    ["erasure.erase of nobody", () => erasure?.erase({ subjectRef: text, reason: "subjectRequest", requestedAt: NOON })],
    ["erasure.erase", () => erasure?.erase({ subjectRef: first, reason: "subjectRequest", requestedAt: NOON })],
    ["erasure.eraseTest", () => erasure?.eraseTest()],
    ["custody.listErasures", () => readWhole(custody?.listErasures())],
  ];
}

/** Nothing of a facet that the store does not have. */
async function readWhole(stream: AsyncIterable<unknown> | undefined): Promise<void> {
  if (stream !== undefined) await collectAll(stream);
}
