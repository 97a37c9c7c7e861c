import { randomUUID } from "node:crypto";
import { afterAll, describe, expect, test } from "vitest";
import type { ConnectorV1, CustodyFacetV1, ListedPersonV1 } from "@volenti/core/adapter";
import { collectAll } from "./support/collect-all.ts";
import { queryDatabase } from "./support/query-database.ts";
import { findHome, openStore } from "./support/open-store.ts";
import { queryFor } from "./support/query-for.ts";
import { emailOf, makeBatch, makeItem, NOON } from "./support/sealed-items.ts";

const homes = await Promise.all([findHome("postgresql"), findHome("embedded")]);
afterAll(() => Promise.all(homes.map((home) => home.end())));

const MAILBOX = "ines@example.com";
const HOLD = { scope: ["*"], law: "CGI art. 102 B", reason: "invoices", until: null, setAt: NOON };

function custodyOf(store: ConnectorV1): CustodyFacetV1 {
  return store.custody!;
}

async function signUp(store: ConnectorV1, mailbox = `${randomUUID()}@example.com`): Promise<string> {
  const identifiers = [emailOf(mailbox)];
  const [answer] = await store.ledger!.consult({ queries: [queryFor({ identifiers })] });
  const ref = answer!.ref;
  await store.intake.write(makeBatch([makeItem({ ref, identifiers, profile: { givenName: "Ines", "address.locality": "Paris" }, decisions: [{ channel: "email" }] })]));
  return ref;
}

async function listPeople(store: ConnectorV1, after?: string): Promise<ListedPersonV1[]> {
  return collectAll(store.population!.listPeople({ after }));
}

for (const home of homes) {
  describe(`custody of a store on ${home.kind}`, () => {
    test("whoever is held is told as held and keeps everything, until the hold is lifted", async () => {
      const store = openStore({ url: await home.makeStoreUrl() });
      const ref = await signUp(store, MAILBOX);
      const holdId = randomUUID();
      await custodyOf(store).setHold({ subjectRef: ref, hold: { ...HOLD, holdId, until: Date.UTC(2100, 0, 1) } });
      const consult = async () => (await store.ledger!.consult({ queries: [queryFor({ identifiers: [emailOf(MAILBOX)] })] }))[0];
      expect(await consult()).toMatchObject({ ref, held: true, restricted: false });
      const retained = await store.erasure!.erase({ subjectRef: ref, reason: "subjectRequest", requestedAt: NOON });
      expect(retained).toContainEqual({ kind: "identifiers", outcome: "retained", count: 1, reason: "held", until: "2100-01-01T00:00:00.000Z" });
      expect(retained.some(({ outcome }) => outcome === "erased")).toBe(false);
      expect(await custodyOf(store).liftHold({ subjectRef: ref, holdId, liftedAt: NOON + 1 })).toBe(true);
      expect(await custodyOf(store).liftHold({ subjectRef: ref, holdId, liftedAt: NOON + 2 })).toBe(true);
      expect(await custodyOf(store).listHolds({ subjectRef: ref })).toMatchObject([{ holdId, liftedAt: NOON + 1 }]);
      expect(await consult()).toMatchObject({ ref, held: false });
      const erased = await store.erasure!.erase({ subjectRef: ref, reason: "subjectRequest", requestedAt: NOON });
      expect(erased).toContainEqual({ kind: "identifiers", outcome: "erased", count: 1 });
      expect(await collectAll(custodyOf(store).listErasures())).toMatchObject([{ subjectRef: ref, reason: "subjectRequest", requestedAt: NOON }]);
      await store.close();
    });

    test("of whom only some attributes are held, those stay readable by ref, and go with the first erasure after the hold", async () => {
      const store = openStore({ url: await home.makeStoreUrl() });
      const subjectRef = await signUp(store, MAILBOX);
      const holdId = randomUUID();
      await custodyOf(store).setHold({ subjectRef, hold: { ...HOLD, holdId, scope: ["address.*"] } });
      const partly = await store.erasure!.erase({ subjectRef, reason: "subjectRequest", requestedAt: NOON });
      expect(partly).toContainEqual({ kind: "heldAttributes", outcome: "retained", count: 1, reason: "held" });
      expect(Object.keys((await store.profiles.get({ subjectRef }))!.attributes)).toEqual(["address.locality"]);
      expect(await store.profiles.find({ identifier: emailOf(MAILBOX) })).toBeNull();
      await custodyOf(store).liftHold({ subjectRef, holdId, liftedAt: NOON });
      await store.erasure!.erase({ subjectRef, reason: "subjectRequest", requestedAt: NOON });
      expect(await store.profiles.get({ subjectRef })).toBeNull();
      expect(await listPeople(store)).toEqual([]);
      await store.close();
    });

    test("two who merge one person into two others are not both heard, and who was merged is nobody to write to", async () => {
      const store = openStore({ url: await home.makeStoreUrl() });
      const [from, left, right] = [await signUp(store, MAILBOX), await signUp(store), await signUp(store)];
      const merges = await Promise.allSettled([left, right].map((into) => custodyOf(store).mergeSubjects({ from, into, mergedAt: NOON })));
      expect(merges.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
      const into = merges[0]!.status === "fulfilled" ? left : right;
      await custodyOf(store).mergeSubjects({ from, into, mergedAt: NOON });
      expect(await custodyOf(store).listMerged({ subjectRef: into })).toEqual([from]);
      expect(await store.profiles.find({ identifier: emailOf(MAILBOX) })).toBe(into);
      const [late] = await store.intake.write(makeBatch([makeItem({ ref: from, decisions: [{ channel: "sms" }] })]));
      expect(late).toMatchObject({ status: "failed", error: { code: "conflict", providerCode: "subjectMerged" } });
      const stays = await store.erasure!.erase({ subjectRef: into, reason: "subjectRequest", requestedAt: NOON });
      expect(stays).toContainEqual({ kind: "identifiers", outcome: "erased", count: 2 });
      expect((await listPeople(store)).map(({ subjectRef }) => subjectRef)).toContain(from);
      await store.erasure!.erase({ subjectRef: from, reason: "subjectRequest", requestedAt: NOON });
      expect((await listPeople(store)).map(({ subjectRef }) => subjectRef)).toEqual([left, right].filter((ref) => ref !== into));
      await store.close();
    });

    test("two people who are merged into each other at once become one, not a circle", async () => {
      const store = openStore({ url: await home.makeStoreUrl() });
      const [one, two] = [await signUp(store), await signUp(store)];
      const merges = await Promise.allSettled([
        custodyOf(store).mergeSubjects({ from: one, into: two, mergedAt: NOON }),
        custodyOf(store).mergeSubjects({ from: two, into: one, mergedAt: NOON }),
      ]);
      expect(merges.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
      await store.close();
    });

    test.skipIf(home.kind === "embedded")("the view says the same of both who became one, under whichever ref a row is", async () => {
      const url = await home.makeStoreUrl();
      const store = openStore({ url });
      const [one, two] = [await signUp(store), await signUp(store)];
      await custodyOf(store).mergeSubjects({ from: one, into: two, mergedAt: NOON });
      await store.intake.write(makeBatch([makeItem({ ref: two, decisions: [{ channel: "email", status: "withdrawn", effectiveAt: NOON + 1 }] })]));
      const rows = await queryDatabase({ url, statement: "select subject_ref, state from volenti.consent_state_v1 where channel = 'email'" });
      expect(rows).toHaveLength(2);
      expect(rows).toEqual(expect.arrayContaining([{ subject_ref: one, state: "refused" }, { subject_ref: two, state: "refused" }]));
      await store.close();
    });

    test("of many who save one revision of a request one is heard", async () => {
      const store = openStore({ url: await home.makeStoreUrl() });
      const request = { requestId: randomUUID(), subjectRef: null, kind: "access", state: "open", isOpen: true, dueAt: NOON, revision: 1, document: { law: "GDPR" } };
      const save = (revision: number, expectedRevision: number | null) =>
        custodyOf(store).saveRightsRequest({ rightsRequest: { ...request, revision }, expectedRevision });
      const first = await Promise.all(Array.from({ length: 5 }, () => save(1, null)));
      expect(first.filter((answer) => answer === "saved")).toHaveLength(1);
      const second = await Promise.all(Array.from({ length: 5 }, () => save(2, 1)));
      expect(second.filter((answer) => answer === "saved")).toHaveLength(1);
      expect(await custodyOf(store).getRightsRequest({ requestId: request.requestId })).toEqual({ ...request, revision: 2 });
      await store.close();
    });

    test("pages of a population follow one another without a gap, and say when it breaks off", async () => {
      const store = openStore({ url: await home.makeStoreUrl() });
      const queries = Array.from({ length: 1200 }, () => queryFor({}));
      for (let start = 0; start < queries.length; start += 400) await store.ledger!.consult({ queries: queries.slice(start, start + 400) });
      const people = await listPeople(store);
      const refs = queries.map(({ proposedRef }) => proposedRef).toSorted();
      expect(people.map(({ subjectRef }) => subjectRef)).toEqual(refs);
      expect(people[0]).toMatchObject({ country: "FR", ageBand: "unknown", test: false, states: [], attributes: {} });
      expect((await listPeople(store, refs[1100])).length).toBe(99);
      await store.close();
      await expect(listPeople(store)).rejects.toMatchObject({ code: "unavailable" });
    });
  });
}
