import { ConnectorError, type ConnectorV1, type LedgerAnswerV1, type WriteBatchV1, type WriteOutcomeV1 } from "@volenti/core/adapter";
import type { Plant } from "../world/open-world.ts";

type Write = ConnectorV1["intake"]["write"];

/** A bug in the write of one destination. */
function inWrite(destinationId: string, write: (request: { batch: WriteBatchV1; correct: Write; plant: Parameters<Plant>[0] }) => ReturnType<Write>): Plant {
  return (plant) => {
    const { connector } = plant;
    if (plant.destinationId !== destinationId) return connector;
    return { ...connector, intake: { write: (batch) => write({ batch, correct: connector.intake.write, plant }) } };
  };
}

function claimWritten(batch: WriteBatchV1): WriteOutcomeV1[] {
  return batch.items.map(({ writeId, decisions, profile }) => ({
    writeId,
    status: "written",
    decisions: decisions.map(({ record: { id: decisionId } }) => ({ decisionId, outcome: "applied" })),
    ...(profile === undefined ? {} : { profile: Object.fromEntries(Object.keys(profile).map((name) => [name, "applied" as const])) }),
  }));
}

export const swallowedError: Plant = inWrite("crm", async ({ batch, correct }) => {
  try {
    return await correct(batch);
  } catch {
    return claimWritten(batch);
  }
});

export const lostAwait: Plant = inWrite("eu", async ({ batch, correct }) => {
  void correct(batch).catch(() => undefined);
  return claimWritten(batch);
});

export const wrongName: Plant = inWrite("crm", ({ batch, correct }) => {
  const items = batch.items.map((item) => {
    const givenName = item.profile?.["givenName"];
    return givenName === undefined ? item : { ...item, profile: { ...item.profile, givenName: { ...givenName, value: "Nobody" } } };
  });
  return correct({ ...batch, items });
});

export const recordedTwice: Plant = inWrite("eu", async ({ batch, correct, plant: { systems } }) => {
  const answer = await correct(batch);
  for (const rows of systems["eu"]?.records.decisions.values() ?? []) {
    const last = rows.at(-1);
    if (last !== undefined && rows.filter(({ decisionId }) => decisionId === last.decisionId).length === 1) rows.push(last);
  }
  return answer;
});

/** The last to write wins: what a system without a guard does. */
export const withoutGuard: Plant = inWrite("crm", async ({ batch, correct, plant: { systems } }) => {
  const answer = await correct(batch);
  for (const { subject: { ref }, states } of batch.items) {
    const person = systems["crm"]?.records.people.get(ref);
    if (person === undefined) continue;
    const overwritten = new Map([...person.states, ...states.map((state) => [`${state.purpose}\u0000${state.channel}`, state] as const)]);
    systems["crm"]?.records.people.set(ref, { ...person, states: overwritten });
  }
  return answer;
});

/** Refusals arrive as if they had been heard of long ago, so that any yes beats them. */
export const preferredGrants: Plant = inWrite("crm", ({ batch, correct }) =>
  correct({
    ...batch,
    items: batch.items.map((item) => ({
      ...item,
      states: item.states.map((state) => (["given", "renewed", "confirmed"].includes(state.status) ? state : { ...state, effectiveAt: 1 })),
    })),
  }),
);

export const abroadFirst: Plant = inWrite("ru", async ({ batch, correct, plant: { others } }) => {
  await others()["crm"]?.intake.write(batch).catch(() => undefined);
  return correct(batch);
});

export const changedText: Plant = inWrite("eu", ({ batch, correct }) => {
  const items = batch.items.map((item) => ({
    ...item,
    decisions: item.decisions.map((decision) => ({ ...decision, canonical: decision.canonical.replace("till-4", "till-5") })),
  }));
  return correct({ ...batch, items });
});

/** Says for certain what nobody knows. */
export const falseCertainty: Plant = inWrite("crm", async ({ batch, correct }) => {
  try {
    return await correct(batch);
  } catch {
    throw new ConnectorError({ code: "forbidden", connectorId: "memory", operation: "write" });
  }
});

export const silence: Plant = inWrite("crm", () => new Promise(() => {}));

function inConsult(change: (request: { answers: () => Promise<readonly LedgerAnswerV1[]>; proposedRefs: readonly string[] }) => Promise<readonly LedgerAnswerV1[]>): Plant {
  return ({ connector }) => {
    const { ledger } = connector;
    if (ledger === undefined) return connector;
    const consult: typeof ledger.consult = (request) => change({ answers: () => ledger.consult(request), proposedRefs: request.queries.map(({ proposedRef }) => proposedRef) });
    return { ...connector, ledger: { consult } };
  };
}

/** A failed look-up looks like one that found nobody. */
export const emptyLedger: Plant = inConsult(async ({ answers, proposedRefs }) => {
  try {
    return await answers();
  } catch {
    const nothing = { known: false, identifiersElsewhere: [], alsoMatched: [], merged: [], states: [], recorded: [], submission: "unseen", suppressedSince: null, held: false, restricted: false } as const;
    return proposedRefs.map((ref): LedgerAnswerV1 => ({ ref, ...nothing }));
  }
});

export const wrongHead: Plant = inConsult(async ({ answers }) =>
  (await answers()).map((answer) => ({ ...answer, recorded: answer.recorded.map((decision) => ({ ...decision, head: `${decision.head}A` })) })),
);

/** Whoever comes again is somebody new. */
export const forgetfulLedger: Plant = inConsult(async ({ answers, proposedRefs }) =>
  (await answers()).map((answer, index) => ({ ...answer, ref: proposedRefs[index] ?? answer.ref, known: false, states: [], recorded: [] })),
);
