import type { JsonValue, SubjectWriteV1 } from "@volenti/core/adapter";
import { ensureConnectorError } from "../assertions/ensure-connector-error.ts";
import { ensure, ensureEqual } from "../assertions/ensure.ts";
import type { ConformanceCase } from "../conformance-case.ts";
import type { CaseContext } from "../run/case-context.ts";

/** Beyond this a full batch proves nothing more, and takes long. */
const MOST_ITEMS = 2000;

export const BATCH_CASES: readonly ConformanceCase[] = [
  {
    id: "batch/empty",
    title: "an empty batch is answered with no outcomes",
    run: async ({ connector }) => {
      ensureEqual({ actual: await connector.intake.write({ items: [], heads: [] }), expected: [], what: "the outcomes of nothing" });
    },
  },
  {
    id: "batch/outcomes-in-order",
    title: "outcomes come one an item, in the order of the items, whatever each item is",
    run: async ({ connector, people, stranger, seal, toItem, at, record }) => {
      const crowd = await people(Math.min(9, connector.traits.maxBatchSize));
      for (const [index, person] of crowd.entries()) {
        if (index % 3 === 0) await record({ person, decisions: [{ status: "refused", at: at(5) }] });
      }
      const { decisions, head } = await seal(crowd.map((person) => ({ person, status: "given", at: at(1) })));
      const items = crowd.map((person, index) => toItem({ person, decisions: decisions.slice(index, index + 1) }));
      // Refs come at random: sorted by write id, the items are in no order that a store would answer in by itself.
      const shuffled = items.toSorted((left, right) => (left.writeId < right.writeId ? -1 : 1));
      if (shuffled.length > 2) shuffled[1] = toItem({ person: stranger(), mode: "existingOnly" });
      const outcomes = await connector.intake.write({ items: shuffled, heads: [head] });
      ensureEqual({ actual: outcomes.map(({ writeId }) => writeId), expected: shuffled.map(({ writeId }) => writeId), what: "the write ids" });
      for (const [index, outcome] of outcomes.entries()) {
        const expected = shuffled[index]?.decisions.map(({ record: { id } }) => id) ?? [];
        const actual = outcome.status === "written" ? outcome.decisions.map(({ decisionId }) => decisionId) : [];
        ensureEqual({ actual, expected, what: `the decisions of outcome ${index}` });
      }
    },
  },
  {
    id: "batch/of-the-declared-size",
    title: "a batch of the declared size is written whole",
    run: async ({ connector, people, seal, toItem, at, probe, eventually }) => {
      const size = Math.min(connector.traits.maxBatchSize, MOST_ITEMS);
      const crowd = await people(size);
      const { decisions, head } = await seal(
        crowd.flatMap((person, index) => [
          { person, status: "given", at: at(index % 50) },
          { person, purpose: "marketing.sms", channel: "sms", status: "refused", at: at(index % 50) },
          { person, purpose: "loyalty", channel: null, status: "objected", at: at(index % 50) },
        ]),
      );
      const items = crowd.map((person, index) =>
        toItem({ person, decisions: decisions.slice(index * 3, index * 3 + 3), profile: fullProfile({ at: at(0), index }) }),
      );
      const outcomes = await connector.intake.write({ items, heads: [head] });
      const applied = outcomes.filter((outcome) => outcome.status === "written" && outcome.decisions[0]?.outcome === "applied");
      ensureEqual({ actual: applied.length, expected: size, what: "the number of items that were applied" });
      await eventually(async () => {
        for (const { ref: subjectRef } of [crowd.at(0), crowd.at(-1), crowd[Math.floor(size / 2)], crowd.at(-2)].flatMap((person) => person ?? [])) {
          ensureEqual({ actual: (await probe.listStates({ subjectRef })).length, expected: 3, what: "the states of a person of the batch" });
          const { familyName } = await probe.readAttributes({ subjectRef });
          ensure({ that: typeof familyName === "string", otherwise: "the profile of a person of the batch is not there" });
        }
      });
    },
  },
  {
    id: "batch/several-heads",
    title: "items whose decisions were sealed in different batches travel together",
    run: async ({ connector, people, seal, toItem, at, traits }) => {
      const crowd = await people(2);
      const sealed = await Promise.all(crowd.map((person) => seal([{ person, status: "given", at: at(0) }])));
      const items = crowd.map((person, index) => toItem({ person, decisions: sealed[index]?.decisions }));
      const fitting = items.slice(0, traits.maxBatchSize);
      const outcomes = await connector.intake.write({ items: fitting, heads: sealed.map(({ head }) => head) });
      ensureEqual({ actual: outcomes.map(({ status }) => status), expected: fitting.map(() => "written"), what: "the outcomes" });
    },
  },
  {
    id: "batch/a-hard-value-sinks-no-neighbour",
    title: "an item whose value the system cannot hold fails alone, with an error, and its neighbours are written",
    skip: ({ traits }) => (traits.maxBatchSize < 3 ? `trait maxBatchSize: ${traits.maxBatchSize}` : undefined),
    run: async (context) => {
      const values: readonly JsonValue[] = ["nul \u0000 inside", "lone \ud800 surrogate", "w".repeat(300_000), nest(40)];
      for (const value of values) {
        await ensureNeighbours({ context, spoil: (item) => ({ ...item, profile: spoiled({ item, value }) }) });
      }
    },
  },
  {
    id: "batch/a-refused-person-sinks-no-neighbour",
    title: "an item that the system refuses fails alone, with an error, and its neighbours are written",
    fault: "refuseSubject",
    skip: ({ traits }) => (traits.maxBatchSize < 3 ? `trait maxBatchSize: ${traits.maxBatchSize}` : undefined),
    run: async (context) => {
      const outcome = await ensureNeighbours({
        context,
        spoil: (item) => item,
        before: async (subjectRef) => context.faults.refuseSubject?.({ subjectRef }),
      });
      ensureEqual({ actual: outcome.status, expected: "failed", what: "the outcome of the refused item" });
      ensureEqual({ actual: await context.probe.listStates({ subjectRef: outcome.subjectRef }), expected: [], what: "what was kept of the refused item" });
    },
  },
];

/** As much as a form asks for. */
function fullProfile(request: { at: number; index: number }): NonNullable<SubjectWriteV1["profile"]> {
  const change = { changedAt: request.at, submissionId: globalThis.crypto.randomUUID() };
  const values: Readonly<Record<string, string>> = {
    givenName: "Ines",
    familyName: `Moreau ${request.index}`,
    locale: "fr-FR",
    "address.streetAddress": "1 rue de l’Exemple",
    "address.locality": "Paris",
    "address.postalCode": "75001",
    "address.country": "FR",
  };
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value, ...change }]));
}

function nest(depth: number): JsonValue {
  return depth === 0 ? "deep" : { in: nest(depth - 1) };
}

function spoiled(request: { item: SubjectWriteV1; value: JsonValue }): NonNullable<SubjectWriteV1["profile"]> {
  const changedAt = request.item.decisions[0]?.effectiveAt ?? 0;
  return { familyName: { value: request.value, changedAt, submissionId: globalThis.crypto.randomUUID() } };
}

/** Writes three items of which the middle one is spoiled; fails the case unless the others are written. */
async function ensureNeighbours(request: {
  context: CaseContext;
  spoil: (item: SubjectWriteV1) => SubjectWriteV1;
  before?: (subjectRef: string) => Promise<void>;
}): Promise<{ status: string; subjectRef: string }> {
  const { context, spoil, before } = request;
  const { connector, people, seal, toItem, at, probe } = context;
  const crowd = await people(3);
  const { decisions, head } = await seal(crowd.map((person) => ({ person, status: "given", at: at(0) })));
  const items = crowd.map((person, index) => toItem({ person, decisions: decisions.slice(index, index + 1) }));
  const subjectRef = crowd[1]?.ref ?? "";
  await before?.(subjectRef);
  const sent = items.map((item, index) => (index === 1 ? spoil(item) : item));
  const outcomes = await connector.intake.write({ items: sent, heads: [head] });
  ensureEqual({ actual: outcomes.map(({ writeId }) => writeId), expected: sent.map(({ writeId }) => writeId), what: "the write ids" });
  for (const index of [0, 2]) {
    const outcome = outcomes[index];
    const result = outcome?.status === "written" ? outcome.decisions[0]?.outcome : outcome?.status;
    ensureEqual({ actual: result, expected: "applied", what: "the outcome of a neighbour" });
    const states = await probe.listStates({ subjectRef: crowd[index]?.ref ?? "" });
    if (connector.traits.readAfterWrite === "immediate") ensureEqual({ actual: states.length, expected: 1, what: "the states of a neighbour" });
  }
  const [, middle] = outcomes;
  if (middle?.status === "failed") ensureConnectorError({ error: middle.error, connector, what: "the error of the spoiled item" });
  if (middle?.status === "written") await ensureTruth({ context, item: sent[1], subjectRef });
  ensure({ that: middle !== undefined && middle.status !== "notHeld", otherwise: "the spoiled item was answered notHeld" });
  return { status: middle?.status ?? "", subjectRef };
}

/** An item that is said to be written holds what was sent, unless an attribute was refused. */
async function ensureTruth(request: { context: CaseContext; item: SubjectWriteV1 | undefined; subjectRef: string }): Promise<void> {
  const { context, item, subjectRef } = request;
  const sent = item?.profile?.["familyName"]?.value;
  if (sent === undefined) return;
  await context.eventually(async () => {
    const stored = (await context.probe.readAttributes({ subjectRef }))["familyName"];
    if (stored !== undefined && stored !== null) ensureEqual({ actual: stored, expected: sent, what: "the hard value in the store" });
  });
}

