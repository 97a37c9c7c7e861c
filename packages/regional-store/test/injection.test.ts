import type { Catalogue } from "@volenti/core/adapter";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { INJECTIONS } from "../../../tools/test-support/hostile/hostile-values.ts";
import { findMarker, MARKER } from "../../../tools/test-support/hostile/marker.ts";
import { createRegionalStore } from "../src/index.ts";
import { startDatabaseProxy } from "./support/database-proxy.ts";
import { makeEveryCall } from "./support/every-call.ts";
import { CATALOGUE, findHome, makeContext, type StoreHome } from "./support/open-store.ts";
import { createStatementReader } from "./support/statement-reader.ts";
import { createTestKeyring } from "./support/test-keyring.ts";

vi.setConfig({ testTimeout: 240_000 });

let home: StoreHome;
beforeAll(async () => {
  home = await findHome("postgresql");
});
afterAll(async () => home?.end());

interface Brand {
  readonly catalogue: Catalogue;
  /** Of the destination, of the controller, and of the keys. */
  readonly name: string;
}

const ANY_BRAND: Brand = { catalogue: CATALOGUE, name: "eu" };

/** What goes over the wire while every call is made with each of the texts, each brand with a store of its own. */
async function hearEveryCall(request: { databaseUrl: string; brands: ReadonlyMap<Brand, readonly string[]> }): Promise<{ statements: ReadonlySet<string>; taken: ReadonlySet<string> }> {
  const statements = new Set<string>();
  const taken = new Set<string>();
  // Each brand comes after those before it, and wraps their data keys anew.
  const names = [...request.brands.keys()].map(({ name }) => name);
  const proxy = await startDatabaseProxy({ databaseUrl: request.databaseUrl, listen: () => createStatementReader(statements) });
  try {
    for (const [{ catalogue, name }, texts] of request.brands) {
      const [purpose] = catalogue.purposes;
      if (purpose === undefined) throw new Error("the catalogue is empty");
      const store = createRegionalStore({ url: proxy.url, region: "EU" });
      store.attach({ ...makeContext({ catalogue, keyring: createTestKeyring({ generation: name, retired: names.filter((other) => other !== name) }) }), destinationId: name, controllerId: name });
      await store.checkConnection().catch(() => null);
      await store.provisioning?.plan().catch(() => null);
      for (const text of texts) for (const call of await makeEveryCall({ store, text, purpose })) taken.add(call);
      await store.close();
    }
  } finally {
    await proxy.close();
  }
  return { statements, taken };
}

/** The catalogue with one text in each of its texts. */
function catalogueOf(text: string): Catalogue {
  return {
    purposes: CATALOGUE.purposes.map((purpose, index) => ({
      ...purpose,
      key: `${text}${index}`, version: text, label: { [text]: text }, basis: "consent", mechanism: "optIn", channels: ["email", text], attributes: [text], recipients: [text], covers: [text],
    })),
    notices: CATALOGUE.notices.map((notice) => ({ ...notice, locale: text, firstLayer: text, text, policyUrl: text, purposes: [text] })),
  };
}

const HOSTILE = INJECTIONS.map((text) => `${MARKER}${text}`);
const PLAIN = ["plain", "other"];
/** What could end a literal of SQL; a brand of its own for each text takes its time. */
const OF_SQL = /['$\\]|^[a-z]+$/;

test.each([
  { what: "a person, a cashier or an official", brandsOf: (texts: readonly string[]) => new Map([[ANY_BRAND, texts]]) },
  { what: "the brand's configuration", brandsOf: (texts: readonly string[]) => new Map(texts.filter((text) => OF_SQL.test(text)).map((text) => [{ catalogue: catalogueOf(text), name: text }, [text]])) },
])("whatever $what says, the statements on the wire are those of anybody: values travel beside them", async ({ brandsOf }) => {
  const usual = await hearEveryCall({ databaseUrl: await home.makeStoreUrl(), brands: brandsOf(PLAIN) });
  const hostile = await hearEveryCall({ databaseUrl: await home.makeStoreUrl(), brands: brandsOf(HOSTILE) });
  // Else it were the refusal of a text that kept it off the wire.
  expect([...usual.taken].filter((call) => !hostile.taken.has(call))).toEqual([]);
  expect([...hostile.statements].toSorted()).toEqual([...usual.statements].toSorted());
  expect([...hostile.statements].filter((statement) => findMarker(statement) !== null)).toEqual([]);
});
