import { existsSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startPostgresql, type PostgresqlServer } from "../../../tools/test-support/start-postgresql.ts";
import { runCommand, type CommandAnswer } from "./support/run-command.ts";
import { spawnCommand } from "./support/spawn-command.ts";
import { CANARY, emailOf, ndjson, submission } from "./support/submissions.ts";
import { createTestFolder, type TestFolder } from "./support/test-folder.ts";

const LOG = ".volenti/erasures.ndjson";

let server: PostgresqlServer | null = null;
beforeAll(async () => {
  // A prepared transaction keeps a row locked without anybody being connected.
  server = await startPostgresql({ settings: ["max_prepared_transactions=2"] });
});
afterAll(async () => server?.stop());

interface Stores {
  readonly folder: TestFolder;
  /** Writes the configuration anew, over other databases. */
  pointAt(urls: { eu: string; ru: string }): void;
}

/** Two stores on one route, both of them ledgers: the one abroad is erased first. */
function createStores(urls: { eu: string; ru: string }): Stores {
  const store = (region: string): string => `createRegionalStore({ url: "URL ${region}", region: "${region}" }),`;
  const folder = createTestFolder({
    change: (text) =>
      `import { createRegionalStore } from "@volenti/regional-store";\n${text}`
        .replace('createMemoryConnector({ region: "EU", system: systems.eu }),', store("EU"))
        .replace('createMemoryConnector({ region: "RU", system: systems.ru }),', store("RU"))
        .replace('[{ countries: ["RU"], to: ["ru"] }, { countries: ["FR", "DE"], to: ["eu"] }]', '[{ to: ["ru", "eu"] }]'),
  });
  const template = readFileSync(`${folder.path}/volenti.config.mjs`, "utf8");
  const pointAt: Stores["pointAt"] = ({ eu, ru }) => folder.write("volenti.config.mjs", template.replace("URL EU", eu).replace("URL RU", ru));
  pointAt(urls);
  return { folder, pointAt };
}

async function openStores(): Promise<(Stores & { urls: { eu: string; ru: string }; server: PostgresqlServer }) | null> {
  if (server === null) return null;
  const urls = { eu: await server.createDatabase(), ru: await server.createDatabase() };
  const stores = createStores(urls);
  for (const id of ["eu", "ru"]) {
    expect((await runCommand({ arguments: ["provision", id, "--apply"], folder: stores.folder.path })).code).toBe(0);
  }
  return { ...stores, urls, server };
}

function collect(folder: TestFolder, submissions: readonly unknown[]): Promise<CommandAnswer> {
  return runCommand({ arguments: ["collect", "-", "--json"], folder: folder.path, input: ndjson(submissions) });
}

function call(folder: TestFolder, command: string, number: number): Promise<CommandAnswer> {
  return runCommand({ arguments: [command, "--email", "-", "--json"], folder: folder.path, input: emailOf(number) });
}

async function ask(request: { server: PostgresqlServer; url: string; sql: string }): Promise<string> {
  const programArguments = ["-v", "ON_ERROR_STOP=1", "-A", "-t", "-q", "-c", request.sql];
  return (await request.server.runProgram({ name: "psql", databaseUrl: request.url, programArguments })).trim();
}

const RUSSIAN = { country: "RU" };
const KEYS = "select count(*) from volenti.subject_key";

test("an erasure that is killed between two stores is finished by the next run", async (context) => {
  const stores = await openStores();
  if (stores === null) return context.skip("no PostgreSQL is installed");
  const { folder, urls } = stores;
  expect((await collect(folder, [submission(1, RUSSIAN)])).code).toBe(0);
  const ruSql = (sql: string): Promise<string> => ask({ server: stores.server, url: urls.ru, sql });
  const euSql = (sql: string): Promise<string> => ask({ server: stores.server, url: urls.eu, sql });
  await ruSql("begin; select ref from volenti.subject for update; prepare transaction 'held'");
  const { child, ended } = spawnCommand({ arguments: ["erase", "--email", "-"], folder: folder.path });
  child.stdin?.end(`${emailOf(1)}\n`);
  // The store abroad is erased, and the one at home waits for the lock.
  await expect.poll(() => euSql(KEYS), { timeout: 60_000 }).toBe("0");
  await expect.poll(() => ruSql("select count(*) from pg_stat_activity where wait_event_type = 'Lock'"), { timeout: 60_000 }).not.toBe("0");
  child.kill("SIGKILL");
  expect((await ended).signal).toBe("SIGKILL");
  await ruSql("select pg_terminate_backend(pid) from pg_stat_activity where wait_event_type = 'Lock'");
  await expect.poll(() => ruSql("select count(*) from pg_stat_activity where wait_event_type = 'Lock'")).toBe("0");
  await ruSql("rollback prepared 'held'");
  expect([await euSql(KEYS), await ruSql(KEYS)]).toEqual(["0", "1"]);
  expect(readFileSync(`${folder.path}/${LOG}`, "utf8")).not.toContain(CANARY);

  const again = await call(folder, "erase", 1);
  expect(again.code).toBe(0);
  expect(again.json()).toMatchObject([{ outcome: "complete", destinations: [{ id: "eu", status: "notFound" }, { id: "ru", status: "erased" }] }]);
  expect(await ruSql(KEYS)).toBe("0");
  expect((await call(folder, "show", 1)).json()).toMatchObject([{ found: false }]);
});

test("after the restore of yesterday's backup a replay erases everybody again, and whoever signs up later is taken", async (context) => {
  const stores = await openStores();
  if (stores === null) return context.skip("no PostgreSQL is installed");
  const { folder, urls, pointAt } = stores;
  expect((await collect(folder, [submission(1, RUSSIAN), submission(2, RUSSIAN)])).code).toBe(0);
  const restored = { eu: await stores.server.createDatabase(), ru: await stores.server.createDatabase() };
  const dumps = await Promise.all(
    (["eu", "ru"] as const).map(async (id) => {
      const text = await stores.server.runProgram({ name: "pg_dump", databaseUrl: urls[id], programArguments: [] });
      folder.write(`${id}.sql`, text);
      return id;
    }),
  );
  // What comes after the backup: somebody new, and the erasure of them and of somebody who is in it.
  expect((await collect(folder, [submission(3, RUSSIAN)])).code).toBe(0);
  for (const number of [1, 3]) expect((await call(folder, "erase", number)).code).toBe(0);
  for (const id of dumps) {
    const programArguments = ["-v", "ON_ERROR_STOP=1", "-q", "-f", `${folder.path}/${id}.sql`];
    await stores.server.runProgram({ name: "psql", databaseUrl: restored[id], programArguments });
  }
  pointAt(restored);
  expect((await call(folder, "show", 1)).json()).toMatchObject([{ found: true }]);

  const replayed = await runCommand({ arguments: ["erase", "--replay", LOG, "--json"], folder: folder.path });
  expect(replayed.code).toBe(0);
  expect(replayed.json()).toMatchObject([
    { position: 1, outcome: "complete", destinations: [{ id: "eu", status: "erased" }, { id: "ru", status: "erased" }] },
    { position: 2, outcome: "complete", destinations: [{ id: "eu", status: "notFound" }, { id: "ru", status: "notFound" }] },
  ]);
  for (const url of Object.values(restored)) {
    expect(await ask({ server: stores.server, url, sql: KEYS })).toBe("1");
    expect(await ask({ server: stores.server, url, sql: "select count(*) from volenti.decision_v1" })).toBe("2");
  }
  const found = [];
  for (const number of [1, 2, 3]) found.push((await call(folder, "show", number)).json()[0]?.["found"]);
  expect(found).toEqual([false, true, false]);
  const yesterday = await collect(folder, [submission(1, RUSSIAN), submission(3, RUSSIAN)].map((one, index) => ({ ...one, submissionId: `5f0f5e0e-6a1e-4a53-9d0b-00000000000${index}` })));
  expect(yesterday.json().map(({ problems }) => problems)).toEqual([1, 3].map(() => [{ path: "subject", code: "suppressed" }]));
  expect((await runCommand({ arguments: ["verify"], folder: folder.path })).code).toBe(0);

  const later = { ...RUSSIAN, occurredAt: new Date(Date.now() + 1000).toISOString(), submissionId: "5f0f5e0e-6a1e-4a53-9d0b-000000000009" };
  expect((await collect(folder, [submission(1, later)])).json()).toMatchObject([{ outcome: "delivered" }]);
  const again = await runCommand({ arguments: ["erase", "--replay", LOG], folder: folder.path });
  expect([again.code, again.stdout]).toEqual([0, expect.stringContaining("2 erasures in the log, all of them done again.")]);
  expect((await call(folder, "show", 1)).json()).toMatchObject([{ found: true }]);
});

test("a hold of some attributes masks the others in the store, and the run after it erases what was kept", async (context) => {
  const stores = await openStores();
  if (stores === null) return context.skip("no PostgreSQL is installed");
  const { folder, urls } = stores;
  expect((await collect(folder, [submission(1, RUSSIAN)])).code).toBe(0);
  const hold = (more: readonly string[]): Promise<CommandAnswer> =>
    runCommand({ arguments: ["hold", "--email", "-", "--json", ...more], folder: folder.path, input: emailOf(1) });
  const set = await hold(["--scope", "email", "--law", "CGI art. 102 B", "--reason", "invoices"]);
  expect(set.code).toBe(0);
  const held = await call(folder, "erase", 1);
  expect(held.code).toBe(1);
  expect(held.json()).toMatchObject([{ outcome: "held", withdrawal: { outcome: "delivered", purposes: ["marketing.email"] }, destinations: [{ id: "eu", status: "masked" }, { id: "ru", status: "masked" }] }]);
  const [view] = (await call(folder, "show", 1)).json() as { profile: { attribute: string }[]; consents: { channel: string; answer: string }[] }[];
  expect(view?.profile.map(({ attribute }) => attribute)).toEqual(["email"]);
  expect(view?.consents).toContainEqual(expect.objectContaining({ channel: "email", answer: "refused" }));
  const yesterday = { ...submission(1, RUSSIAN), submissionId: "5f0f5e0e-6a1e-4a53-9d0b-000000000007" };
  expect((await collect(folder, [yesterday])).json()).toMatchObject([{ problems: [{ code: "suppressed" }] }]);

  const [report] = (await hold([])).json() as { destinations: { holds: { holdId: string }[] }[] }[];
  const holdIds = new Set(report?.destinations.flatMap(({ holds }) => holds.map(({ holdId }) => holdId)));
  expect(holdIds.size).toBe(1);
  for (const holdId of holdIds) expect((await hold(["--lift", holdId])).code).toBe(0);
  expect((await call(folder, "erase", 1)).code).toBe(0);
  for (const url of Object.values(urls)) expect(await ask({ server: stores.server, url, sql: KEYS })).toBe("0");
  expect((await runCommand({ arguments: ["verify"], folder: folder.path })).code).toBe(0);
});

test("an id that is none is that of no request and of no hold, and fails in no store", async (context) => {
  const stores = await openStores();
  if (stores === null) return context.skip("no PostgreSQL is installed");
  const { folder } = stores;
  expect((await collect(folder, [submission(1, RUSSIAN)])).code).toBe(0);
  for (const action of ["show", "run", "revoke"]) {
    const answer = await runCommand({ arguments: ["requests", action, "12", "--json"], folder: folder.path });
    expect([answer.code, answer.json()]).toMatchObject([1, [{ problem: { code: "unknownRequest" } }]]);
  }
  const lifted = await runCommand({ arguments: ["hold", "--email", "-", "--lift", "12", "--json"], folder: folder.path, input: emailOf(1) });
  expect([lifted.code, lifted.json()]).toMatchObject([1, [{ problem: "unknownHold" }]]);
});

test("a replay says which destination it could not reach, and exits 3; a log that is not there is a mistake", async () => {
  const folder = createTestFolder();
  await collect(folder, [submission(1)]);
  await call(folder, "erase", 1);
  expect(existsSync(`${folder.path}/${LOG}`)).toBe(true);
  folder.systems.eu.fail({ kind: "unavailable" });
  const down = await runCommand({ arguments: ["erase", "--replay", LOG, "--json"], folder: folder.path });
  expect(down.code).toBe(3);
  expect(down.json()).toMatchObject([{ outcome: "incomplete", destinations: [{ id: "eu", status: "failed", code: "unavailable" }] }]);
  const absent = await runCommand({ arguments: ["erase", "--replay", "nothing.ndjson"], folder: folder.path });
  expect([absent.code, absent.stdout]).toEqual([2, ""]);
});

test("--log names another erasure log, and the output says where it is", async () => {
  const folder = createTestFolder();
  await collect(folder, [submission(1), submission(2)]);
  const first = await runCommand({ arguments: ["erase", "--email", "-", "--log", "elsewhere.ndjson"], folder: folder.path, input: emailOf(1) });
  expect([first.code, first.stdout]).toEqual([0, expect.stringContaining("Written down in the file of --log")]);
  expect([existsSync(`${folder.path}/elsewhere.ndjson`), existsSync(`${folder.path}/${LOG}`)]).toEqual([true, false]);
  const second = await runCommand({ arguments: ["erase", "--email", "-"], folder: folder.path, input: emailOf(2) });
  expect(second.stdout).toContain(`Written down in ${LOG}`);
});
