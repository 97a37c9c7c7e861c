import { randomUUID } from "node:crypto";
import { afterAll, describe, expect, test } from "vitest";
import { Client } from "pg";
import { ConnectorError, type ConnectorV1, type Keyring, type RewrappedPageV1, type WrappedCountV1 } from "@volenti/core/adapter";
import { findHome, openStore, type StoreHome } from "./support/open-store.ts";
import { probeStore } from "./support/store-probe.ts";
import { queryDatabase } from "./support/query-database.ts";
import { makeBatch, makeItem, NOON } from "./support/sealed-items.ts";
import { createTestKeyring } from "./support/test-keyring.ts";

const homes = await Promise.all([findHome("postgresql"), findHome("embedded")]);
const [postgresql] = homes;
afterAll(() => Promise.all(homes.map((home) => home.end())));

const OLD = "keyEncryption-1";
const NEW = "keyEncryption-2";

function rotated(): Keyring {
  return createTestKeyring({ generation: "2", retired: ["1"] });
}

/** As a process has it that opened its keys before the rotation: it reads under every key, and wraps under the old one. */
function outdated(): Keyring {
  const before = createTestKeyring();
  return { ...rotated(), wrap: (request) => before.wrap(request) };
}

/** A store where so many people have a profile under the first key. */
async function populate(request: { home: StoreHome; people: number }): Promise<{ url: string; refs: string[] }> {
  const url = await request.home.makeStoreUrl();
  const store = openStore({ url });
  const items = Array.from({ length: request.people }, (_, index) => makeItem({ profile: { familyName: `Moreau ${index}`, givenName: "Inès" } }));
  for (let start = 0; start < items.length; start += 500) await store.intake.write(makeBatch(items.slice(start, start + 500)));
  await store.close();
  return { url, refs: items.map(({ subject }) => subject.ref) };
}

async function rewrapAll(store: ConnectorV1): Promise<RewrappedPageV1[]> {
  const pages: RewrappedPageV1[] = [];
  for (let after: string | null = null; ; ) {
    const page: RewrappedPageV1 = await store.rewrapping!.rewrapPage({ after });
    pages.push(page);
    after = page.next;
    if (after === null) return pages;
  }
}

async function countOf(store: ConnectorV1): Promise<readonly WrappedCountV1[]> {
  return store.rewrapping!.countWrapped({});
}

function nameOf(store: ConnectorV1, subjectRef: string): Promise<unknown> {
  return store.profiles.get({ subjectRef }).then((profile) => profile?.attributes["familyName"]?.value);
}

/** Does something, once, while the keyring wraps: after the keys were looked at, before they are changed. */
function meanwhile(keyring: Keyring, work: () => Promise<void>): Keyring {
  let isDone = false;
  return {
    ...keyring,
    wrap: async (request) => {
      const wrapped = await keyring.wrap(request);
      if (!isDone) {
        isDone = true;
        await work();
      }
      return wrapped;
    },
  };
}

for (const home of homes) {
  describe(`data keys of a store on ${home.kind}`, () => {
    test("are wrapped under the newest key, a page at a time, and the earlier one is needed no more", async () => {
      const { url, refs } = await populate({ home, people: 1203 });
      const store = openStore({ url, keyring: rotated() });
      expect(await countOf(store)).toEqual([{ keyId: OLD, dataKeys: 1203 }]);
      const pages = await rewrapAll(store);
      expect(pages.map(({ looked, rewrapped, unreadable }) => [looked, rewrapped, unreadable])).toEqual(
        [500, 500, 203].map((dataKeys) => [dataKeys, [{ keyId: OLD, dataKeys }], []]),
      );
      expect(await countOf(store)).toEqual([{ keyId: NEW, dataKeys: 1203 }]);
      expect((await rewrapAll(store)).flatMap(({ rewrapped }) => rewrapped)).toEqual([]);
      await store.close();
      const without = openStore({ url, keyring: createTestKeyring({ generation: "2" }) });
      for (const index of [0, 600, 1202]) expect(await nameOf(without, refs[index] ?? "")).toBe(`Moreau ${index}`);
      const missing = (await without.checkConnection()).findings.find(({ code }) => code === "keyMissing")?.message;
      expect(missing).toContain("blindIndex-1");
      expect(missing).not.toContain(OLD);
      await without.close();
      const lost = openStore({ url });
      expect((await lost.checkConnection()).findings.find(({ code }) => code === "keyMissing")?.message).toContain(NEW);
      await lost.close();
    });

    test("that name a key which the keyring lacks stop the store, and are not touched", async () => {
      const { url } = await populate({ home, people: 2 });
      const without = openStore({ url, keyring: createTestKeyring({ generation: "2" }) });
      expect((await without.checkConnection()).findings.find(({ code }) => code === "keyMissing")?.message).toContain(OLD);
      expect(await rewrapAll(without)).toEqual([{ next: null, looked: 2, rewrapped: [], unreadable: [] }]);
      expect(await countOf(without)).toEqual([{ keyId: OLD, dataKeys: 2 }]);
      await without.close();
    });

    test("of somebody who is erased meanwhile stay gone, and of somebody who came back stay the new ones", async () => {
      const { url, refs } = await populate({ home, people: 3 });
      const [gone = "", back = "", stays = ""] = refs;
      const keyring = meanwhile(rotated(), async () => {
        for (const subjectRef of [gone, back]) await store.erasure!.erase({ subjectRef, reason: "subjectRequest", requestedAt: NOON });
        await store.intake.write(makeBatch([makeItem({ ref: back, profile: { familyName: "Petit" }, changedAt: NOON + 1 })]));
      });
      const store = openStore({ url, keyring });
      expect((await rewrapAll(store)).map(({ rewrapped }) => rewrapped)).toEqual([[{ keyId: OLD, dataKeys: 1 }]]);
      expect(await countOf(store)).toEqual([{ keyId: NEW, dataKeys: 2 }]);
      expect([await nameOf(store, back), await nameOf(store, stays)]).toEqual(["Petit", "Moreau 2"]);
      expect(await nameOf(store, gone)).toBeUndefined();
      await store.close();
    });

    test("that are damaged are told, and keep no others from being wrapped", async () => {
      const { url, refs } = await populate({ home, people: 3 });
      const [damaged = "", ...others] = refs;
      await probeStore({ url, statement: `update volenti.subject_key set wrapped = wrapped || '\\x00' where ref = '${damaged}'` });
      const store = openStore({ url, keyring: rotated() });
      expect(await rewrapAll(store)).toEqual([
        { next: null, looked: 3, rewrapped: [{ keyId: OLD, dataKeys: 2 }], unreadable: [{ keyId: OLD, dataKeys: 1 }] },
      ]);
      expect(await countOf(store)).toEqual([{ keyId: OLD, dataKeys: 1 }, { keyId: NEW, dataKeys: 2 }]);
      for (const [index, ref] of others.entries()) expect(await nameOf(store, ref)).toBe(`Moreau ${index + 1}`);
      await store.close();
    });

    test("are not wrapped back by a process that opened its keys before the rotation", async () => {
      const { url } = await populate({ home, people: 2 });
      const store = openStore({ url, keyring: outdated() });
      await expect(rewrapAll(store)).rejects.toMatchObject({ code: "invalidConfiguration", providerCode: "keyringOutdated" });
      expect(await countOf(store)).toEqual([{ keyId: OLD, dataKeys: 2 }]);
      await store.close();
    });

    test("stay as they are while the keyring does not work", async () => {
      const { url } = await populate({ home, people: 2 });
      const down = (): never => {
        throw new ConnectorError({ code: "unavailable", connectorId: "keyring", operation: "unwrap" });
      };
      const store = openStore({ url, keyring: { ...rotated(), unwrap: down } });
      await expect(rewrapAll(store)).rejects.toMatchObject({ code: "unavailable" });
      expect(await countOf(store)).toEqual([{ keyId: OLD, dataKeys: 2 }]);
      await store.close();
    });
  });
}

test.skipIf(postgresql.server === null)("writers, erasures and two runs at once leave every value readable, and nobody's key behind", async () => {
  const { url, refs } = await populate({ home: postgresql, people: 120 });
  const [erased, staying] = [refs.slice(0, 40), refs.slice(40)];
  const [old, latest, first, second] = [openStore({ url, keyring: outdated() }), openStore({ url, keyring: rotated() }), openStore({ url, keyring: rotated() }), openStore({ url, keyring: rotated() })];
  const write = async (store: ConnectorV1, rounds: readonly number[]): Promise<void> => {
    for (const round of rounds) {
      const items = staying.map((ref) => makeItem({ ref, profile: { familyName: `Petit ${round}` }, changedAt: NOON + round }));
      const outcomes = await store.intake.write(makeBatch([...items, makeItem({ profile: { familyName: "New" } })]));
      expect(outcomes.filter(({ status }) => status !== "written")).toEqual([]);
    }
  };
  const erase = async (): Promise<void> => {
    for (const subjectRef of erased) await old.erasure!.erase({ subjectRef, reason: "subjectRequest", requestedAt: NOON });
  };
  let isBusy = true;
  const rewrapOften = async (store: ConnectorV1): Promise<void> => {
    while (isBusy) await rewrapAll(store);
  };
  const busy = Promise.all([write(old, [1, 3, 5, 7, 9]), write(latest, [2, 4, 6, 8, 10]), erase()]).finally(() => (isBusy = false));
  await Promise.all([busy, rewrapOften(first), rewrapOften(second)]);
  await rewrapAll(first);
  expect(await countOf(first)).toEqual([{ keyId: NEW, dataKeys: staying.length + 10 }]);
  await Promise.all([old, latest, first, second].map((store) => store.close()));
  const without = openStore({ url, keyring: createTestKeyring({ generation: "2" }) });
  for (const subjectRef of staying) {
    const profile = await without.profiles.get({ subjectRef });
    // What the writers never touched is read, too.
    expect(profile?.attributes).toMatchObject({ familyName: { value: "Petit 10" }, givenName: { value: "Inès" } });
  }
  for (const ref of erased) expect(await nameOf(without, ref)).toBeUndefined();
  await without.close();
});

test.skipIf(postgresql.server === null)("a row that somebody holds is passed over, not waited for", async () => {
  const { url, refs } = await populate({ home: postgresql, people: 2 });
  const [held = ""] = refs;
  const store = openStore({ url, keyring: rotated(), timeoutInMs: 20_000 });
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query("begin");
  await client.query("select from volenti.subject_key where ref = $1 for update", [held]);
  expect((await rewrapAll(store)).map(({ rewrapped }) => rewrapped)).toEqual([[{ keyId: OLD, dataKeys: 1 }]]);
  await client.query("rollback");
  await client.end();
  expect((await rewrapAll(store)).map(({ rewrapped }) => rewrapped)).toEqual([[{ keyId: OLD, dataKeys: 1 }]]);
  await store.close();
});

test.skipIf(postgresql.server === null)("whoever only collects may count data keys, and replace none", async () => {
  const { url } = await populate({ home: postgresql, people: 1 });
  const user = `collector_${randomUUID().slice(0, 8)}`;
  await queryDatabase({ url, statement: `create role ${user} login in role volenti_writer` });
  const collectorUrl = postgresql.server!.urlFor({ databaseUrl: url, user });
  const store = openStore({ url: collectorUrl, keyring: rotated() });
  expect(await countOf(store)).toEqual([{ keyId: OLD, dataKeys: 1 }]);
  await expect(rewrapAll(store)).rejects.toMatchObject({ code: "forbidden" });
  await store.close();
  for (const call of ["rewrap_v1('[]', 'key')", "list_wrapped_v1('[]', '', 1)"]) {
    await expect(queryDatabase({ url: collectorUrl, statement: `select volenti.${call}` })).rejects.toMatchObject({ code: "42501" });
  }
});
