import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { INJECTIONS } from "../../../tools/test-support/hostile/hostile-values.ts";
import { findMarker, MARKER } from "../../../tools/test-support/hostile/marker.ts";
import { startDatabaseProxy } from "./support/database-proxy.ts";
import { findHome, openStore, type StoreHome } from "./support/open-store.ts";
import { queryFor } from "./support/query-for.ts";
import { makeBatch, makeItem, randomRef } from "./support/sealed-items.ts";
import { createStatementReader } from "./support/statement-reader.ts";

vi.setConfig({ testTimeout: 60_000 });

let home: StoreHome;
beforeAll(async () => {
  home = await findHome("postgresql");
}, 60_000);
afterAll(async () => home?.end());

/** The text of every statement that goes over the wire while one person with this text everywhere is written, read and erased. */
async function statementsFor(request: { databaseUrl: string; texts: readonly string[] }): Promise<ReadonlySet<string>> {
  const statements = new Set<string>();
  const proxy = await startDatabaseProxy({ databaseUrl: request.databaseUrl, listen: () => createStatementReader(statements) });
  const store = openStore({ url: proxy.url });
  try {
    for (const text of request.texts) {
      const ref = randomRef();
      const identifiers = [{ kind: "loyaltyId", value: text }, { kind: "email", value: `${text}@example.com` }] as const;
      await store.ledger?.consult({ queries: [queryFor({ proposedRef: ref, identifiers })] }).catch(() => null);
      await store.intake.write(makeBatch([makeItem({ ref, identifiers, profile: { givenName: text, "address.locality": text, [text]: text }, decisions: [{ channel: "email" }] })])).catch(() => null);
      await store.profiles.find({ identifier: identifiers[0] }).catch(() => null);
      await store.profiles.get({ subjectRef: text }).catch(() => null);
      await store.consent.getState({ subjectRef: ref, purpose: text, channel: text }).catch(() => null);
      await store.erasure?.erase({ subjectRef: ref, reason: "subjectRequest", requestedAt: 0 }).catch(() => null);
    }
  } finally {
    await store.close();
    await proxy.close();
  }
  return statements;
}

test("whatever a person wrote, the statements on the wire are those of anybody: values travel beside them", async (context) => {
  if (home.kind !== "postgresql") return context.skip("no PostgreSQL is installed");
  const databaseUrl = await home.makeStoreUrl();
  const usual = await statementsFor({ databaseUrl, texts: ["plain", "other"] });
  const hostile = await statementsFor({ databaseUrl, texts: INJECTIONS.map((text) => `${MARKER}${text}`) });
  expect(usual.size).toBeGreaterThan(4);
  expect([...hostile].filter((statement) => !usual.has(statement))).toEqual([]);
  expect([...hostile].filter((statement) => findMarker(statement) !== null)).toEqual([]);
});
