import { createHash, randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ConnectorV1, WriteOutcomeV1 } from "@volenti/core/adapter";
import { findHome, openStore, type StoreHome } from "./support/open-store.ts";
import { listDecisions } from "./support/list-decisions.ts";
import { queryFor } from "./support/query-for.ts";
import { emailOf, makeBatch, makeItem, NOON, randomRef } from "./support/sealed-items.ts";

function outcomesOf(outcome: WriteOutcomeV1 | undefined): string[] {
  return outcome?.status === "written" ? outcome.decisions.map((decision) => decision.outcome) : [outcome?.status ?? "none"];
}

describe.each(["postgresql", "embedded"] as const)("intake on %s", (kind) => {
  let home: StoreHome;
  let store: ConnectorV1;
  let url: string;

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

  test("a replay is unchanged, an older decision superseded, a newer one applied", async () => {
    const ref = randomRef();
    const first = makeItem({ ref, decisions: [{ channel: "email", status: "refused" }] });
    const older = makeItem({ ref, decisions: [{ channel: "email", effectiveAt: NOON - 1 }] });
    const newer = makeItem({ ref, decisions: [{ channel: "email", effectiveAt: NOON + 1 }, { channel: "sms", status: "requested" }] });
    for (const [item, expected] of [
      [first, ["applied"]],
      [first, ["unchanged"]],
      [older, ["superseded"]],
      [newer, ["applied", "applied"]],
      [older, ["unchanged"]],
    ] as const) {
      const [outcome] = await store.intake.write(makeBatch([item]));
      expect(outcomesOf(outcome)).toEqual(expected);
    }
    expect(await store.consent.getState({ subjectRef: ref, purpose: "marketing.email", channel: "email" })).toMatchObject({
      status: "given",
      effectiveAt: NOON + 1,
    });
    expect(await store.consent.getState({ subjectRef: ref, purpose: "marketing.email", channel: "sms" })).toBeNull();
  });

  test("a grant that a refusal for every channel precedes in time only is superseded", async () => {
    const ref = randomRef();
    await store.intake.write(makeBatch([makeItem({ ref, decisions: [{ status: "refused" }] })]));
    const [outcome] = await store.intake.write(makeBatch([makeItem({ ref, decisions: [{ channel: "post", effectiveAt: NOON - 1 }] })]));
    expect(outcomesOf(outcome)).toEqual(["superseded"]);
  });

  test("an older profile change never overwrites a newer one, and null clears", async () => {
    const ref = randomRef();
    const write = async (changedAt: number, profile: Record<string, string | null>): Promise<unknown> => {
      const [outcome] = await store.intake.write(makeBatch([makeItem({ ref, profile, changedAt })]));
      return outcome?.status === "written" ? outcome.profile : outcome;
    };
    expect(await write(NOON, { givenName: "Inès", familyName: "Moreau" })).toEqual({ givenName: "applied", familyName: "applied" });
    expect(await write(NOON - 1, { givenName: "Ancienne", nickname: "いね" })).toEqual({ givenName: "superseded", nickname: "applied" });
    expect(await write(NOON + 1, { familyName: null })).toEqual({ familyName: "applied" });
    expect(await write(NOON, { familyName: "Moreau" })).toEqual({ familyName: "superseded" });
    expect(await store.profiles.get({ subjectRef: ref })).toEqual({
      subjectRef: ref,
      attributes: { givenName: { value: "Inès", changedAt: NOON }, nickname: { value: "いね", changedAt: NOON - 1 } },
    });
  });

  test("decisions of a person are chained in the order of their recording", async () => {
    const [ref, other] = [randomRef(), randomRef()];
    for (let round = 0; round < 3; round += 1) {
      const items = [ref, other].map((one) => makeItem({ ref: one, decisions: [{ channel: "email" }, { channel: "sms", status: "refused" }] }));
      await store.intake.write(makeBatch(items));
    }
    const decisions = await listDecisions(store, ref);
    let link = Buffer.alloc(32);
    for (const [index, decision] of decisions.entries()) {
      expect(createHash("sha256").update(decision.canonical).digest("hex")).toBe(decision.hash);
      link = createHash("sha256").update(Buffer.concat([link, Buffer.from(decision.hash, "hex")])).digest();
      expect(decision.chain).toEqual({ position: index + 1, link: link.toString("hex") });
      expect(decision.head).toContain(decision.proof.root);
    }
    expect(decisions).toHaveLength(6);
  });

  test("the history of everybody is ordered by person and goes beyond a page", async () => {
    const items = Array.from({ length: 300 }, () => makeItem({ decisions: [{ channel: "email" }, { channel: "sms" }] }));
    await store.intake.write(makeBatch(items));
    const refs = (await listDecisions(store)).map(({ subjectRef }) => subjectRef);
    expect(refs.length).toBeGreaterThanOrEqual(600);
    expect(refs).toEqual([...refs].sort());
  });

  test("two writers of one person at once lose nothing and agree", async () => {
    const other = kind === "postgresql" && home.server !== null ? openStore({ url }) : store;
    const refs = Array.from({ length: 20 }, randomRef);
    const batchOf = (step: number) =>
      makeBatch(refs.toSorted(() => (step % 2 === 0 ? 1 : -1)).map((ref) =>
        makeItem({ ref, decisions: [{ channel: "email", status: step % 2 === 0 ? "given" : "refused", effectiveAt: NOON + step }], profile: { nickname: `n${step}` }, changedAt: NOON + step }),
      ));
    const batches = Array.from({ length: 10 }, (_, step) => batchOf(step));
    await Promise.all(batches.map((batch, step) => (step % 2 === 0 ? store : other).intake.write(batch)));
    for (const ref of refs) {
      expect(await store.consent.getState({ subjectRef: ref, purpose: "marketing.email", channel: "email" })).toMatchObject({ effectiveAt: NOON + 9, status: "refused" });
      expect((await store.profiles.get({ subjectRef: ref }))?.attributes["nickname"]?.value).toBe("n9");
      expect(await listDecisions(store, ref)).toHaveLength(10);
    }
    if (other !== store) await other.close();
  });

  test("one bad item does not sink its neighbours", async () => {
    const good = makeItem({ decisions: [{ channel: "email" }] });
    const malformed = makeItem({ decisions: [{ channel: "email", id: "not a uuid" }] });
    const refusedByServer = makeItem({ profile: { "bad\u0000name": "x" } });
    const unreadable = makeItem({ identifiers: [emailOf("\ud800")], decisions: [{ channel: "email" }] });
    const unreadableName = makeItem({ profile: { "\ud800": "x" } });
    const items = [good, malformed, refusedByServer, unreadable, unreadableName];
    const outcomes = await store.intake.write(makeBatch(items));
    expect(outcomes.map(({ status }) => status)).toEqual(["written", "failed", "failed", "failed", "failed"]);
    expect(outcomes.map(({ writeId }) => writeId)).toEqual(items.map(({ writeId }) => writeId));
    expect(outcomes[3]).toMatchObject({ error: { code: "invalidInput", fieldNames: ["subject.identifiers"] } });
    expect(outcomes[4]).toMatchObject({ error: { code: "invalidInput", fieldNames: ["profile"] } });
    expect(outcomes[1]).toMatchObject({ error: { code: "invalidInput", fieldNames: ["decision.id", "state.decisionId"] } });
    expect(outcomes[2]).toMatchObject({ error: { code: "rejectedByProvider" } });
  });

  test("a decision id that two items of a batch share is recorded once", async () => {
    const id = randomUUID();
    const ref = randomRef();
    const items = [makeItem({ ref, decisions: [{ id, channel: "email" }] }), makeItem({ ref, decisions: [{ id, channel: "email" }] })];
    const outcomes = await store.intake.write(makeBatch(items));
    expect(outcomes.map(outcomesOf)).toEqual([["applied"], ["unchanged"]]);
    const twice = makeItem({ decisions: [{ channel: "email", id }, { channel: "sms", id }] });
    expect((await store.intake.write(makeBatch([twice])))[0]).toMatchObject({ status: "failed", error: { code: "invalidInput" } });
  });

  test("a decision id that is in use for another decision is refused, and not said to be unchanged", async () => {
    const id = randomUUID();
    const first = makeItem({ decisions: [{ id, channel: "email" }] });
    await store.intake.write(makeBatch([first]));
    const ofAnother = makeItem({ decisions: [{ id, channel: "email", status: "refused" }] });
    const later = makeItem({ ref: first.subject.ref, decisions: [{ id, channel: "email", status: "withdrawn", effectiveAt: NOON + 1 }] });
    const neighbour = makeItem({ decisions: [{ channel: "email" }] });
    const outcomes = await store.intake.write(makeBatch([ofAnother, neighbour]));
    expect(outcomes.map(outcomesOf)).toEqual([["failed"], ["applied"]]);
    expect(outcomes[0]).toMatchObject({ error: { code: "rejectedByProvider", retry: { kind: "never" } } });
    expect((await store.intake.write(makeBatch([later]))).map(outcomesOf)).toEqual([["failed"]]);
    expect(await store.consent.listStates({ subjectRef: ofAnother.subject.ref })).toEqual([]);
    expect(await store.consent.listStates({ subjectRef: first.subject.ref })).toEqual(first.states);
  });

  test("a submission that comes back with another content is a conflict, and is not written", async () => {
    const submissionId = randomUUID();
    const first = makeItem({ submissionId, decisions: [{ channel: "email" }] });
    const changed = makeItem({ ref: first.subject.ref, submissionId, contentDigest: "ef".repeat(32), decisions: [{ channel: "sms" }] });
    await store.intake.write(makeBatch([first]));
    const [outcome] = await store.intake.write(makeBatch([changed]));
    expect(outcome).toMatchObject({ status: "failed", error: { code: "conflict", providerCode: "conflictingReplay" } });
    expect(await listDecisions(store, first.subject.ref)).toHaveLength(1);
    const answers = await store.ledger!.consult({
      queries: ["cd", "ef", "cd"].map((digits, index) =>
        queryFor({ submission: { submissionId: index === 2 ? randomUUID() : submissionId, contentDigest: digits.repeat(32), keyId: "submission-1" } }),
      ),
    });
    expect(answers.map(({ submission }) => submission)).toEqual(["same", "conflicting", "unseen"]);
  });

  test("a refusal that follows a person reaches whoever is held by ref or by identifier, and nobody else", async () => {
    const identifier = emailOf(randomUUID());
    const held = makeItem({ identifiers: [identifier], decisions: [{ channel: "email" }] });
    await store.intake.write(makeBatch([held]));
    const refusal = { status: "withdrawn" as const, channel: "email", effectiveAt: NOON + 1 };
    const outcomes = await store.intake.write(
      makeBatch([
        makeItem({ mode: "existingOnly", identifiers: [identifier], decisions: [refusal] }),
        makeItem({ mode: "existingOnly", identifiers: [emailOf(randomUUID())], decisions: [refusal] }),
      ]),
    );
    expect(outcomes.map(({ status }) => status)).toEqual(["written", "notHeld"]);
    expect(await store.consent.getState({ subjectRef: held.subject.ref, purpose: "marketing.email", channel: "email" })).toMatchObject({ status: "withdrawn" });
  });

  test("a refusal that follows a person reaches everybody whom its identifiers name, and is recorded once", async () => {
    const identifiers = [emailOf(randomUUID()), emailOf(randomUUID()), emailOf(randomUUID())];
    const people = identifiers.map((identifier) => makeItem({ identifiers: [identifier], decisions: [{ channel: "email" }] }));
    await store.intake.write(makeBatch(people));
    const [first, second, third] = people.map(({ subject }) => subject.ref);
    const withdrawal = { status: "withdrawn" as const, channel: "email", effectiveAt: NOON + 1 };
    const refusal = makeItem({ ref: first ?? "", mode: "existingOnly", identifiers: identifiers.slice(1), decisions: [withdrawal] });
    const [outcome] = await store.intake.write(makeBatch([refusal]));
    expect(outcomesOf(outcome)).toEqual(["applied"]);
    for (const subjectRef of [first, second, third]) {
      expect(await store.consent.getState({ subjectRef: subjectRef ?? "", purpose: "marketing.email", channel: "email" })).toEqual(refusal.states[0]);
    }
    expect((await listDecisions(store)).filter(({ decisionId }) => decisionId === refusal.decisions[0]?.record.id)).toHaveLength(1);
  });

  test("a write that was consulted before an erasure does not bring the person back", async () => {
    const identifier = emailOf(randomUUID());
    const [reserved] = await store.ledger!.consult({ queries: [queryFor({ identifiers: [identifier] })] });
    const ref = reserved?.ref ?? "";
    const item = (name: string) => makeItem({ ref, identifiers: [identifier], profile: { givenName: name } });
    await store.intake.write(makeBatch([item("Inès")]));
    // This process or, where a store takes two, another one: then this store's own memory of the person stays as it was.
    const eraser = home.server === null ? store : openStore({ url });
    await eraser.erasure!.erase({ subjectRef: ref, reason: "subjectRequest", requestedAt: NOON });
    if (eraser !== store) await eraser.close();
    for (const name of ["Inès", "Agnès"]) {
      const [outcome] = await store.intake.write(makeBatch([item(name)]));
      expect(outcome).toMatchObject({ status: "failed", error: { code: "conflict", providerCode: "subjectErased" } });
    }
    const [another] = await store.ledger!.consult({ queries: [queryFor({ identifiers: [emailOf(randomUUID())] })] });
    const ofAnother = another?.ref ?? "";
    await store.erasure!.erase({ subjectRef: ofAnother, reason: "subjectRequest", requestedAt: NOON });
    const [late] = await store.intake.write(makeBatch([makeItem({ ref: ofAnother, profile: { givenName: "Inès" } })]));
    expect(late).toMatchObject({ status: "failed", error: { providerCode: "subjectErased" } });
    expect(await store.profiles.get({ subjectRef: ref })).toBeNull();
  });

  test("removing test people removes them wholly, and nobody else", async () => {
    const real = makeItem({ profile: { givenName: "Inès" }, decisions: [{ channel: "email" }], identifiers: [emailOf(randomUUID())] });
    const testPerson = makeItem({ test: true, profile: { givenName: "Test" }, decisions: [{ channel: "email" }], identifiers: [emailOf(randomUUID())] });
    const turnedReal = makeItem({ test: true, decisions: [{ channel: "email" }] });
    await store.intake.write(makeBatch([real, testPerson, turnedReal]));
    await store.intake.write(makeBatch([makeItem({ ref: turnedReal.subject.ref, decisions: [{ channel: "sms" }] })]));
    const outcomes = await store.erasure!.eraseTest();
    expect(outcomes.map(({ kind: record, outcome, count }) => [record, outcome, count])).toEqual([
      ["profile", "erased", 1],
      ["identifiers", "erased", 1],
      ["keys", "erased", 1],
      ["decisions", "erased", 1],
      ["states", "erased", 1],
    ]);
    expect(await listDecisions(store, testPerson.subject.ref)).toEqual([]);
    expect(await listDecisions(store, real.subject.ref)).toHaveLength(1);
    expect(await listDecisions(store, turnedReal.subject.ref)).toHaveLength(2);
    expect((await store.erasure!.eraseTest()).every(({ outcome }) => outcome === "notFound")).toBe(true);
  });

  test("a person whose data key another process made is written under that key", async () => {
    if (home.server === null) return;
    const other = openStore({ url });
    const ref = randomRef();
    await store.intake.write(makeBatch([makeItem({ ref, profile: { givenName: "Inès" } })]));
    const [outcome] = await other.intake.write(makeBatch([makeItem({ ref, profile: { familyName: "Moreau" } })]));
    await other.close();
    expect(outcome?.status).toBe("written");
    expect(Object.keys((await store.profiles.get({ subjectRef: ref }))?.attributes ?? {})).toEqual(["familyName", "givenName"]);
  });

  test("an aborted write rejects with the signal's own reason", async () => {
    const reason = new Error("stopped by the test");
    const batch = { ...makeBatch([makeItem({ decisions: [{ channel: "email" }] })]), signal: AbortSignal.abort(reason) };
    await expect(store.intake.write(batch)).rejects.toBe(reason);
  });
});
