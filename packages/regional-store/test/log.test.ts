import { afterAll, describe, expect, test, vi } from "vitest";
import type { ConnectorV1 } from "@volenti/core/adapter";
import { startPostgresql } from "../../../tools/test-support/start-postgresql.ts";
import { collectAll } from "./support/collect-all.ts";
import { openStore } from "./support/open-store.ts";
import { queryDatabase } from "./support/query-database.ts";
import { makeBatch, makeItem } from "./support/sealed-items.ts";

// Work on a disk that other suites use at the same time.
vi.setConfig({ testTimeout: 60_000 });

const server = await startPostgresql();
if (server === null) process.stderr.write("No PostgreSQL was found: what is changed behind the back of a store is not tested.\n");
afterAll(() => server?.stop());

const HOUR_IN_MINUTES = 60;
const DAY_IN_MINUTES = 24 * HOUR_IN_MINUTES;

interface Opened {
  readonly store: ConnectorV1;
  readonly url: string;
}

async function open(): Promise<Opened> {
  if (server === null) throw new Error("no PostgreSQL");
  const url = await server.createDatabase();
  const store = openStore({ url });
  await store.provisioning!.apply();
  return { store, url };
}

/** Writes a decision for each age, as if it had been recorded so many minutes ago; answers their ids, in that order. */
async function record({ store, url }: Opened, agesInMinutes: readonly number[]): Promise<string[]> {
  const items = agesInMinutes.map(() => makeItem({ decisions: [{ channel: "email" }] }));
  await store.intake.write(makeBatch(items));
  const ids = items.map(({ decisions: [decision] }) => decision!.record.id);
  await queryDatabase({ url, statement: "alter table volenti.decision disable trigger all" });
  await queryDatabase({
    url,
    statement: `update volenti.decision d set recorded_at = now() - interval '1 minute' * a.age
      from unnest($1::uuid[], $2::integer[]) as a (id, age) where d.decision_id = a.id`,
    parameters: [ids, agesInMinutes],
  });
  return ids;
}

async function listLog({ store }: Opened): Promise<string[]> {
  const entries = await collectAll(store.checkpoints!.listLog({ from: 0 }));
  expect(entries.map(({ index }) => index)).toEqual(entries.map((_, place) => place));
  return entries.map(({ decisionId }) => decisionId);
}

/** How many places each step gave, until one gave fewer than it might. */
async function appendAll({ store }: Opened, limit: number): Promise<number[]> {
  const steps: number[] = [];
  for (;;) {
    const { appended, size } = await store.checkpoints!.appendToLog({ limit });
    steps.push(appended);
    expect(size).toBe((await collectAll(store.checkpoints!.listLog({ from: 0 }))).length);
    if (appended < limit) return steps;
  }
}

describe.skipIf(server === null)("places of the log", () => {
  test("are given in the order of recording, however far apart, and a few at a time", async () => {
    const opened = await open();
    const ages = [900 * DAY_IN_MINUTES, 899 * DAY_IN_MINUTES, 30 * DAY_IN_MINUTES, 30 * DAY_IN_MINUTES - 1, 29 * DAY_IN_MINUTES, 90, 5, 4, 3, 2, 1];
    const ids = await record(opened, ages);
    expect(await appendAll(opened, 3)).toEqual([3, 3, 3, 2]);
    expect(await listLog(opened)).toEqual(ids);
    expect(await appendAll(opened, 3)).toEqual([0]);
    await opened.store.close();
  });

  test("are found for what was recorded before the last place and committed after it, up to a day", async () => {
    const opened = await open();
    const first = await record(opened, [40 * DAY_IN_MINUTES, 20 * DAY_IN_MINUTES]);
    expect(await appendAll(opened, 10)).toEqual([2]);
    const late = await record(opened, [20 * DAY_IN_MINUTES + 23 * HOUR_IN_MINUTES, 10 * DAY_IN_MINUTES, 5]);
    expect(await appendAll(opened, 2)).toEqual([2, 1]);
    const log = await listLog(opened);
    expect(log.slice(0, 2)).toEqual(first);
    expect(log.toSorted()).toEqual([...first, ...late].toSorted());
    await opened.store.close();
  });

  test("are none where there is no decision, and none is given where none is asked for", async () => {
    const opened = await open();
    expect(await appendAll(opened, 5)).toEqual([0]);
    const ids = await record(opened, [3 * DAY_IN_MINUTES, 1]);
    expect(await opened.store.checkpoints!.appendToLog({ limit: 0 })).toEqual({ appended: 0, size: 0 });
    expect(await appendAll(opened, 5)).toEqual([2]);
    expect(await listLog(opened)).toEqual(ids);
    await opened.store.close();
  });
});
