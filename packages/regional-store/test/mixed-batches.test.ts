import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ConnectorV1, WriteOutcomeV1 } from "@volenti/core/adapter";
import { findHome, openStore, type StoreHome } from "./support/open-store.ts";
import { listDecisions } from "./support/list-decisions.ts";
import { queryFor } from "./support/query-for.ts";
import { emailOf, makeBatch, makeItem, NOON, randomRef } from "./support/sealed-items.ts";

function profileOf(outcome: WriteOutcomeV1 | undefined): unknown {
  return outcome?.status === "written" ? outcome.profile : outcome;
}

describe.each(["postgresql", "embedded"] as const)("batches on %s", (kind) => {
  let home: StoreHome;
  let store: ConnectorV1;

  beforeAll(async () => {
    home = await findHome(kind);
    store = openStore({ url: await home.makeStoreUrl() });
    // Opening an embedded store takes seconds on a busy machine, and is no test's matter.
    await store.checkConnection();
  });
  afterAll(async () => {
    await store?.close();
    await home?.end();
  });

  test("people who are new and people who are known are told apart in one batch", async () => {
    const [known, fresh] = [randomRef(), randomRef()];
    await store.intake.write(makeBatch([makeItem({ ref: known, profile: { givenName: "Inès" }, decisions: [{ channel: "email" }] })]));
    const older = { profile: { givenName: "Ancienne", familyName: null, nickname: "いね" }, changedAt: NOON - 1 };
    const decisions = [{ channel: "email", effectiveAt: NOON - 1 }, { channel: "sms", effectiveAt: NOON - 1 }];
    const outcomes = await store.intake.write(
      makeBatch([makeItem({ ref: known, ...older, decisions }), makeItem({ ref: fresh, ...older, decisions })]),
    );
    expect(outcomes.map(profileOf)).toEqual([
      { givenName: "superseded", familyName: "applied", nickname: "applied" },
      { givenName: "applied", familyName: "applied", nickname: "applied" },
    ]);
    expect(outcomes.map((one) => one.status === "written" && one.decisions.map(({ outcome }) => outcome))).toEqual([
      ["superseded", "applied"],
      ["applied", "applied"],
    ]);
    const read = async (subjectRef: string) =>
      Object.entries((await store.profiles.get({ subjectRef }))?.attributes ?? {}).map(([name, { value }]) => [name, value]);
    expect(await read(known)).toEqual([["givenName", "Inès"], ["nickname", "いね"]]);
    expect(await read(fresh)).toEqual([["givenName", "Ancienne"], ["nickname", "いね"]]);
    const beforeClearing = makeItem({ ref: fresh, profile: { familyName: "Moreau" }, changedAt: NOON - 2 });
    expect((await store.intake.write(makeBatch([beforeClearing]))).map(profileOf)).toEqual([{ familyName: "superseded" }]);
  });

  test("a new person whom a refusal reaches in the batch of their own grant keeps the greater of the two", async () => {
    const identifier = emailOf(randomUUID());
    const [reserved] = await store.ledger!.consult({ queries: [queryFor({ identifiers: [identifier] })] });
    const other = makeItem({ decisions: [{ channel: "email" }] });
    await store.intake.write(makeBatch([other]));
    const own = makeItem({ ref: reserved?.ref ?? "", decisions: [{ channel: "email" }], profile: { nickname: "Nana" } });
    const withdrawal = { channel: "email", status: "withdrawn" as const, effectiveAt: NOON + 1 };
    const following = makeItem({ ref: other.subject.ref, mode: "existingOnly", identifiers: [identifier], decisions: [withdrawal] });
    const outcomes = await store.intake.write(makeBatch([own, following]));
    expect(outcomes.map(({ status }) => status)).toEqual(["written", "written"]);
    for (const subjectRef of [own.subject.ref, other.subject.ref]) {
      expect(await store.consent.listStates({ subjectRef })).toEqual(following.states);
    }
  });

  test("two items of one new person in a batch are both written", async () => {
    const ref = randomRef();
    const items = [
      makeItem({ ref, profile: { nickname: "Nana" }, decisions: [{ channel: "email" }] }),
      makeItem({ ref, profile: { givenName: "Inès" }, decisions: [{ channel: "sms", status: "refused" }] }),
    ];
    expect((await store.intake.write(makeBatch(items))).map(({ status }) => status)).toEqual(["written", "written"]);
    expect(Object.keys((await store.profiles.get({ subjectRef: ref }))?.attributes ?? {})).toEqual(["givenName", "nickname"]);
    expect((await listDecisions(store, ref)).map(({ chain }) => chain?.position)).toEqual([1, 2]);
  });

  test("a decision is read back as it was sealed, whatever is in it", async () => {
    const item = makeItem({
      decisions: [
        { channel: "email", purpose: `it's "quoted", \\ {braced}, NULL and Любовь 🜚` },
        { status: "refused", purpose: "loyalty", purposeVersion: "1" },
        { channel: "sms", status: "requested" },
      ],
    });
    const path = Array.from({ length: 3 }, (_, index) => `${index}f`.repeat(32));
    const decisions = item.decisions.map((decision, index) => ({
      ...decision,
      proof: { ...decision.proof, treeSize: 8, leafIndex: index, path: path.slice(0, 3 - index) },
    }));
    await store.intake.write(makeBatch([{ ...item, decisions }]));
    const stored = await listDecisions(store, item.subject.ref);
    expect(stored.map(({ canonical, hash, proof }) => ({ canonical, hash, proof }))).toEqual(
      decisions.map(({ canonical, hash, proof }) => ({ canonical, hash, proof })),
    );
    expect(stored.map(({ columns }) => columns?.purpose)).toEqual(decisions.map(({ record }) => record.purpose.key));
  });

  test("any attributes are read back as they were written", async () => {
    // PostgreSQL keeps no text with a zero byte; the name is told by an error of its own.
    const name = fc.string({ unit: "grapheme", minLength: 1 }).filter((text) => !text.includes("\u0000") && text !== "__proto__");
    const value = fc.oneof(fc.string({ unit: "grapheme" }), fc.integer(), fc.boolean(), fc.constant(null), fc.array(fc.string()));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.dictionary(name, value, { maxKeys: 8 }), { minLength: 1, maxLength: 5 }), async (profiles) => {
        const items = profiles.map((profile) => makeItem({ profile }));
        await store.intake.write(makeBatch(items));
        for (const [index, { subject }] of items.entries()) {
          const attributes = (await store.profiles.get({ subjectRef: subject.ref }))?.attributes ?? {};
          const expected = Object.entries(profiles[index] ?? {}).filter(([, one]) => one !== null);
          expect(new Map(Object.entries(attributes).map(([key, one]) => [key, one.value]))).toEqual(new Map(expected));
        }
      }),
      { numRuns: kind === "postgresql" ? 40 : 10 },
    );
  });
});
