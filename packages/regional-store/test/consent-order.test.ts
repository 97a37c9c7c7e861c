import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  foldConsentStates,
  readConsent,
  standingFor,
  type ConnectorV1,
  type ConsentState,
  type SubjectWriteV1,
} from "@volenti/core/adapter";
import { CATALOGUE, findHome, openStore, type StoreHome } from "./support/open-store.ts";
import { makeBatch, makeItem, NOON, randomRef, statesOf, type DecisionInput } from "./support/sealed-items.ts";
import { probeStore } from "./support/store-probe.ts";

interface ViewRow {
  readonly subject_ref: string;
  readonly purpose: string;
  readonly channel: string;
  readonly state: string;
}

// Few instants and few ids, so that ties are the rule: same instant, same rank, ids that differ in one digit.
const decisionInput: fc.Arbitrary<DecisionInput> = fc.record({
  channel: fc.constantFrom("email", "sms", undefined),
  status: fc.constantFrom("given", "given", "renewed", "refused", "withdrawn", "expired", "requested"),
  effectiveAt: fc.integer({ min: 0, max: 2 }).map((step) => NOON + step),
  purposeVersion: fc.constantFrom("2", "1", "0"),
  validUntil: fc.constantFrom(null, null, NOON - 1),
});

function permutations<Value>(values: readonly Value[]): Value[][] {
  if (values.length <= 1) return [[...values]];
  return values.flatMap((value, index) => permutations(values.toSpliced(index, 1)).map((rest) => [value, ...rest]));
}

/** The same decisions for every person, but under ids of their own that sort alike. */
function withIds(request: { inputs: readonly DecisionInput[]; order: readonly number[] }): DecisionInput[] {
  const suffix = randomUUID().slice(8);
  const ids = request.inputs.map((_, index) => `0000000${index}${suffix}`);
  return request.order.map((index) => ({
    ...request.inputs[index],
    // A grant of a purpose with channels names one.
    channel: request.inputs[index]?.channel ?? (request.inputs[index]?.status === "refused" ? undefined : "email"),
    id: ids[index] ?? "",
  }));
}

function expectedStates(items: readonly SubjectWriteV1[], inputs: readonly DecisionInput[]): ReadonlyMap<string, ConsentState> {
  const validity = new Map(inputs.map(({ id, validUntil }) => [id, validUntil ?? null]));
  return foldConsentStates(
    items.flatMap(({ decisions }) => decisions.flatMap((decision) => statesOf(decision, validity.get(decision.record.id)))),
  );
}

describe.each(["postgresql", "embedded"] as const)("order of decisions on %s", (kind) => {
  let home: StoreHome;
  let store: ConnectorV1;
  let url: string;
  const expectedViews = new Map<string, string>();

  beforeAll(async () => {
    home = await findHome(kind);
    url = await home.makeStoreUrl();
    store = openStore({ url });
    // Opening an embedded store takes seconds on a busy machine, and is no test's matter.
    await store.checkConnection();
  });
  afterAll(async () => {
    await store?.close();
    await home?.end();
  });

  async function recordAll(request: { people: readonly (readonly DecisionInput[])[]; inBatches: boolean }): Promise<void> {
    const people = request.people.map((inputs) => {
      const ref = randomRef();
      const items = request.inBatches
        ? [makeItem({ ref, decisions: inputs })]
        : inputs.map((input) => makeItem({ ref, decisions: [input] }));
      return { ref, inputs, items };
    });
    const rounds = Math.max(...people.map(({ items }) => items.length));
    // Every decision a second time at the end: a replay must move nothing.
    for (let round = 0; round <= rounds; round += 1) {
      const items = people.flatMap((person) => person.items[round === rounds ? 0 : round] ?? []);
      const outcomes = await store.intake.write(makeBatch(items));
      expect(outcomes.every(({ status }) => status === "written")).toBe(true);
    }
    for (const { ref, inputs, items } of people) {
      const standing = expectedStates(items, inputs);
      const stored = await store.consent.listStates({ subjectRef: ref });
      expect(stored).toEqual([...standing.values()].sort((left, right) => (left.channel < right.channel ? -1 : 1)));
      for (const state of standing.values()) {
        const own = standingFor({ standing, purpose: state.purpose, channel: state.channel });
        const purpose = CATALOGUE.purposes.find(({ key, current }) => current && key === state.purpose);
        expectedViews.set(`${ref} ${state.purpose} ${state.channel}`, readConsent({ state: own, purpose, now: Date.now() }));
      }
    }
  }

  test("every permutation of five decisions leaves what the fold of the set says, one by one and in batches", async () => {
    const inputs: DecisionInput[] = [
      { channel: "email", status: "given", effectiveAt: NOON },
      { channel: "email", status: "refused", effectiveAt: NOON },
      { channel: "email", status: "renewed", effectiveAt: NOON },
      { status: "refused", effectiveAt: NOON - 1 },
      { channel: "email", status: "given", effectiveAt: NOON - 1, validUntil: NOON - 1 },
    ];
    await recordAll({ people: [withIds({ inputs: [{ channel: "email" }], order: [0] })], inBatches: true });
    const people = permutations([0, 1, 2, 3, 4]).map((order) => withIds({ inputs, order }));
    await recordAll({ people, inBatches: false });
    await recordAll({ people: people.map((person) => withIds({ inputs: person, order: [0, 1, 2, 3, 4] })), inBatches: true });
  });

  test("any decisions in any order leave what the fold of the set says", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(decisionInput, { minLength: 1, maxLength: 4 }), fc.boolean(), async (inputs, inBatches) => {
        const orders = permutations(inputs.map((_, index) => index));
        await recordAll({ people: orders.map((order) => withIds({ inputs, order })), inBatches });
      }),
      { numRuns: kind === "postgresql" ? 25 : 8 },
    );
  });

  test("the view for reports answers what readConsent answers", async () => {
    await store.close();
    const rows = await probeStore<ViewRow>({ url, statement: "select subject_ref, purpose, channel, state from volenti.consent_state_v1" });
    const answers = new Map(rows.map((row) => [`${row.subject_ref} ${row.purpose} ${row.channel}`, row.state]));
    expect(expectedViews.size).toBeGreaterThan(100);
    expect(answers).toEqual(expectedViews);
    expect(new Set(answers.values())).toEqual(new Set(["granted", "refused", "unknown"]));
  });
});
