import { randomUUID } from "node:crypto";
import { afterAll, describe, expect, test } from "vitest";
import type { ConnectorV1, OverviewV1 } from "@volenti/core/adapter";
import { collectAll } from "./support/collect-all.ts";
import { findHome, openStore } from "./support/open-store.ts";
import { queryFor } from "./support/query-for.ts";
import { emailOf, makeBatch, makeItem, NOON } from "./support/sealed-items.ts";

const homes = await Promise.all([findHome("postgresql"), findHome("embedded")]);
afterAll(() => Promise.all(homes.map((home) => home.end())));

async function signUp(store: ConnectorV1, mailbox: string): Promise<string> {
  const identifiers = [emailOf(mailbox)];
  const [answer] = await store.ledger!.consult({ queries: [queryFor({ identifiers })] });
  const ref = answer!.ref;
  await store.intake.write(makeBatch([makeItem({ ref, identifiers, profile: { givenName: "Ines", "address.locality": "Paris" }, decisions: [{ channel: "email" }] })]));
  return ref;
}

/** What the facets say, put together. */
async function readFacets(store: ConnectorV1, refs: readonly string[]): Promise<OverviewV1> {
  const records = await Promise.all(
    refs.map(async (subjectRef) => ({
      subjectRef,
      profile: await store.profiles.get({ subjectRef }),
      states: await store.consent.listStates({ subjectRef }),
      decisions: await collectAll(store.consentHistory!.listDecisions({ subjectRef })),
    })),
  );
  const [subjectRef = ""] = refs;
  return { records, custody: { holds: await store.custody!.listHolds({ subjectRef }), restriction: await store.custody!.getRestriction({ subjectRef }) } };
}

for (const home of homes) {
  describe(`all of one person in a store on ${home.kind}`, () => {
    test("is what the facets say one by one, by identifier and by ref", async () => {
      const store = openStore({ url: await home.makeStoreUrl() });
      const subjectRef = await signUp(store, "ines@example.com");
      await signUp(store, "other@example.com");
      await store.custody!.setHold({ subjectRef, hold: { holdId: randomUUID(), scope: ["*"], law: "CGI art. 102 B", reason: "invoices", until: null, setAt: NOON } });
      await store.custody!.setRestriction({ subjectRef, restriction: { since: NOON, reason: "contested" } });
      const expected = await readFacets(store, [subjectRef]);
      expect(expected.records[0]).toMatchObject({ profile: { attributes: { givenName: { value: "Ines" } } }, states: [{ status: "given" }], decisions: [{ subjectRef }] });
      expect(await store.overview!.read({ name: { identifier: emailOf("ines@example.com") } })).toEqual(expected);
      expect(await store.overview!.read({ name: { subjectRef } })).toEqual(expected);
      await store.close();
    });

    test("holds whoever was merged into them, and is found under either ref", async () => {
      const store = openStore({ url: await home.makeStoreUrl() });
      const [into, from] = [await signUp(store, "ines@example.com"), await signUp(store, "ines@example.org")];
      await store.custody!.mergeSubjects({ from, into, mergedAt: NOON });
      const expected = await readFacets(store, [into, from]);
      for (const name of [{ identifier: emailOf("ines@example.org") }, { subjectRef: into }, { subjectRef: from }]) {
        expect(await store.overview!.read({ name })).toEqual(expected);
      }
      await store.close();
    });

    test("is null for a stranger, and for whoever was erased", async () => {
      const store = openStore({ url: await home.makeStoreUrl() });
      const subjectRef = await signUp(store, "ines@example.com");
      expect(await store.overview!.read({ name: { identifier: emailOf("nobody@example.com") } })).toBeNull();
      expect(await store.overview!.read({ name: { subjectRef: "a".repeat(26) } })).toBeNull();
      await store.erasure!.erase({ subjectRef, reason: "subjectRequest", requestedAt: NOON });
      expect(await store.overview!.read({ name: { identifier: emailOf("ines@example.com") } })).toBeNull();
      const left = await store.overview!.read({ name: { subjectRef } });
      expect(left?.records.every(({ profile }) => profile === null) ?? true).toBe(true);
      await store.close();
    });
  });
}
