import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ConnectorV1, LedgerAnswerV1, LedgerQueryV1 } from "@volenti/core/adapter";
import { collectAll } from "./support/collect-all.ts";
import { findHome, openStore, type StoreHome } from "./support/open-store.ts";
import { listDecisions } from "./support/list-decisions.ts";
import { queryFor } from "./support/query-for.ts";
import { emailOf, makeBatch, makeItem, NOON, randomRef } from "./support/sealed-items.ts";

describe.each(["postgresql", "embedded"] as const)("ledger on %s", (kind) => {
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

  const consult = (...queries: readonly LedgerQueryV1[]): Promise<readonly LedgerAnswerV1[]> => store.ledger!.consult({ queries });

  test("a consultation reserves a person once, links what is new, and reports who else is named", async () => {
    const [anna, boris, phone] = [emailOf(randomUUID()), emailOf(randomUUID()), { kind: "phone" as const, value: `+3319900${randomUUID()}` }];
    const [first, second, third] = await consult(
      queryFor({ identifiers: [anna] }),
      queryFor({ identifiers: [anna, phone] }),
      queryFor({ identifiers: [boris] }),
    );
    expect(second?.ref).toBe(first?.ref);
    expect(third?.ref).not.toBe(first?.ref);
    expect([first, second, third].map((answer) => answer?.known)).toEqual([false, false, false]);
    const [byPhone, both] = await consult(queryFor({ identifiers: [phone] }), queryFor({ identifiers: [boris, phone] }));
    expect(byPhone).toMatchObject({ ref: first?.ref, known: true });
    expect(both).toMatchObject({ ref: third?.ref, identifiersElsewhere: [1], alsoMatched: [first?.ref] });
    expect(await store.profiles.find({ identifier: phone })).toBe(first?.ref);
    expect(await store.profiles.find({ identifier: emailOf(randomUUID()) })).toBeNull();
  });

  test("two who race for a person are given the same ref", async () => {
    const people = Array.from({ length: 30 }, () => [emailOf(randomUUID()), { kind: "loyaltyId" as const, value: randomUUID() }]);
    const ask = (order: number) =>
      store.ledger!.consult({ queries: people.map((identifiers) => queryFor({ identifiers: order === 0 ? identifiers : identifiers.slice(order - 1) })) });
    const answers = await Promise.all([ask(0), ask(1), ask(2), ask(0)]);
    for (const [index] of people.entries()) {
      expect(new Set(answers.map((answer) => answer[index]?.ref)).size).toBe(1);
    }
  });

  test("a consultation answers what stands and what is recorded, with its proof", async () => {
    const identifier = emailOf(randomUUID());
    const [reserved] = await store.ledger!.consult({ queries: [queryFor({ identifiers: [identifier] })] });
    const item = makeItem({ ref: reserved?.ref ?? "", identifiers: [identifier], decisions: [{ channel: "email" }] });
    await store.intake.write(makeBatch([item]));
    const decision = item.decisions[0]!;
    const [answer] = await store.ledger!.consult({
      queries: [queryFor({ identifiers: [identifier], decisionIds: [decision.record.id, randomUUID()] })],
    });
    expect(answer?.states).toEqual(item.states);
    expect(answer?.recorded).toEqual([
      { decisionId: decision.record.id, canonical: decision.canonical, hash: decision.hash, proof: decision.proof, head: `head.${decision.proof.root}.signature` },
    ]);
  });

  test("erasing removes what names the person, keeps the proof, and remembers the identifier as suppressed", async () => {
    const identifier = emailOf(randomUUID());
    const [reserved] = await store.ledger!.consult({ queries: [queryFor({ identifiers: [identifier] })] });
    const ref = reserved?.ref ?? "";
    await store.intake.write(makeBatch([makeItem({ ref, identifiers: [identifier], profile: { givenName: "Inès" }, decisions: [{ channel: "email" }] })]));
    const erase = () => store.erasure!.erase({ subjectRef: ref, reason: "subjectRequest", requestedAt: NOON });
    expect(await erase()).toEqual([
      { kind: "profile", outcome: "erased", count: 1 },
      { kind: "identifiers", outcome: "erased", count: 1 },
      { kind: "keys", outcome: "erased", count: 1 },
      { kind: "decisions", outcome: "retained", count: 1, reason: "proofWithoutIdentity" },
      { kind: "states", outcome: "retained", count: 1, reason: "proofWithoutIdentity" },
    ]);
    expect((await erase()).slice(0, 3).map(({ outcome }) => outcome)).toEqual(["notFound", "notFound", "notFound"]);
    expect(await store.profiles.get({ subjectRef: ref })).toBeNull();
    expect(await store.profiles.find({ identifier })).toBeNull();
    expect(await listDecisions(store, ref)).toHaveLength(1);
    const [again] = await store.ledger!.consult({ queries: [queryFor({ identifiers: [identifier] })] });
    expect(again).toMatchObject({ known: false, suppressedSince: NOON, states: [] });
    expect(again?.ref).not.toBe(ref);
  });

  test("a submission that comes back with another content reserves and links nothing", async () => {
    const recorded = makeItem({ decisions: [{ channel: "email" }] });
    await store.intake.write(makeBatch([recorded]));
    const [mark] = recorded.submissions;
    const conflicting = { submissionId: mark!.submissionId, contentDigest: "ef".repeat(32), keyId: mark!.keyId };
    const [known, added, unseen] = [emailOf(randomUUID()), emailOf(randomUUID()), emailOf(randomUUID())];
    const [person] = await consult(queryFor({ identifiers: [known] }));
    const stranger = queryFor({ identifiers: [unseen], submission: conflicting });
    const answers = await consult(
      stranger,
      queryFor({ identifiers: [known, added], submission: conflicting }),
      queryFor({ identifiers: [unseen] }),
    );
    expect(answers[0]).toMatchObject({ ref: stranger.proposedRef, known: false, submission: "conflicting", states: [], held: false, restricted: false });
    expect(answers[1]).toMatchObject({ ref: person?.ref, known: true, submission: "conflicting" });
    expect(await store.profiles.find({ identifier: added })).toBeNull();
    expect(await store.profiles.get({ subjectRef: stranger.proposedRef })).toBeNull();
    // What is turned away takes nothing from those who share an identifier with it.
    expect(await store.profiles.find({ identifier: unseen })).toBe(answers[2]?.ref);
    expect(answers[2]?.ref).not.toBe(stranger.proposedRef);
    expect(await consult(queryFor({ identifiers: [unseen] }))).toMatchObject([{ ref: answers[2]?.ref, known: true }]);
  });

  test("a digest under another key is no reason to turn a submission away", async () => {
    const recorded = makeItem({ decisions: [{ channel: "email" }] });
    await store.intake.write(makeBatch([recorded]));
    const identifier = emailOf(randomUUID());
    const submission = { submissionId: recorded.submissions[0]!.submissionId, contentDigest: "ef".repeat(32), keyId: "submission-2" };
    const [answer] = await consult(queryFor({ identifiers: [identifier], submission }));
    expect(answer?.submission).toBe("same");
    expect(await store.profiles.find({ identifier })).toBe(answer?.ref);
  });

  test("a submission from before an erasure reserves and links nothing, unless it only refuses", async () => {
    const [identifier, another] = [emailOf(randomUUID()), emailOf(randomUUID())];
    const [person] = await consult(queryFor({ identifiers: [identifier] }));
    await store.erasure!.erase({ subjectRef: person?.ref ?? "", reason: "subjectRequest", requestedAt: NOON });
    const old = queryFor({ identifiers: [another, identifier], occurredAt: NOON - 1 });
    for (let time = 0; time < 2; time += 1) {
      expect(await consult(old)).toMatchObject([{ ref: old.proposedRef, known: false, suppressedSince: NOON, identifiersElsewhere: [] }]);
      expect(await store.profiles.find({ identifier })).toBeNull();
      expect(await store.profiles.find({ identifier: another })).toBeNull();
    }
    const refusal = queryFor({ identifiers: [identifier], occurredAt: NOON - 1, onlyRefuses: true });
    expect(await consult(refusal)).toMatchObject([{ ref: refusal.proposedRef, known: false, suppressedSince: NOON }]);
    expect(await store.profiles.find({ identifier })).toBe(refusal.proposedRef);
    // Known again since, but not to what is older than the erasure.
    expect(await consult(old)).toMatchObject([{ ref: refusal.proposedRef, known: true }]);
    expect(await store.profiles.find({ identifier: another })).toBeNull();
    const later = queryFor({ identifiers: [another, identifier], occurredAt: NOON });
    expect(await consult(later)).toMatchObject([{ ref: refusal.proposedRef, known: true, suppressedSince: NOON }]);
    expect(await store.profiles.find({ identifier: another })).toBe(refusal.proposedRef);
  });

  test("the columns beside a decision are those of its record, and the ends of chains are kept apart from the rows", async () => {
    const refs = [randomRef(), randomRef()];
    await store.intake.write(makeBatch(refs.map((ref) => makeItem({ ref, decisions: [{ channel: "email" }, { purpose: "loyalty", purposeVersion: "1", status: "acknowledged" }] }))));
    const [reserved] = await consult(queryFor({}));
    const ends = await collectAll(store.consentHistory!.listChainEnds!());
    for (const ref of refs) {
      const decisions = await listDecisions(store, ref);
      expect(decisions.map(({ columns }) => columns)).toEqual([
        {
          purpose: "marketing.email", purposeVersion: "2", channel: "email", status: "given", noticeId: "signup", noticeVersion: "3",
          noticeSha256: "ab".repeat(32), occurredAt: NOON, receivedAt: null, effectiveAt: NOON, collectionPoint: "paris-flagship",
          test: false,
        },
        expect.objectContaining({ purpose: "loyalty", purposeVersion: "1", channel: null, status: "acknowledged" }),
      ]);
      expect(ends).toContainEqual({ subjectRef: ref, ...decisions.at(-1)?.chain });
    }
    expect(ends).toContainEqual({ subjectRef: reserved?.ref, position: 0, link: null });
    const order = ends.map(({ subjectRef }) => subjectRef);
    expect(order).toEqual([...order].sort());
  });

  test("the ends of chains go beyond a page", async () => {
    const items = Array.from({ length: 1100 }, () => makeItem({ decisions: [{ channel: "email" }] }));
    for (const part of [items.slice(0, 500), items.slice(500, 1000), items.slice(1000)]) await store.intake.write(makeBatch(part));
    const ends = new Set((await collectAll(store.consentHistory!.listChainEnds!())).map(({ subjectRef }) => subjectRef));
    expect(items.every(({ subject }) => ends.has(subject.ref))).toBe(true);
  });
});
