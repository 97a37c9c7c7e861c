import { readdirSync, readFileSync, rmSync } from "node:fs";
import { afterAll, beforeAll, expect, test, type TestContext } from "vitest";
import type { RewrapReport } from "@volenti/governance";
import { queryDatabase } from "../../regional-store/test/support/query-database.ts";
import { startPostgresql, type PostgresqlServer } from "../../../tools/test-support/start-postgresql.ts";
import { runCommand, type CommandAnswer } from "./support/run-command.ts";
import { spawnCommand, type ProcessAnswer } from "./support/spawn-command.ts";
import { emailOf, ndjson, submission } from "./support/submissions.ts";
import { createTestFolder, type TestFolder } from "./support/test-folder.ts";

let server: PostgresqlServer | null = null;
beforeAll(async () => {
  server = await startPostgresql();
});
afterAll(async () => server?.stop());

interface StoreFolder extends TestFolder {
  readonly url: string;
}

/** A folder with a store on PostgreSQL where so many people have a profile; skips the test where there is none. */
async function openFolder(request: { context: TestContext; people: number; user?: string }): Promise<StoreFolder> {
  if (server === null) return request.context.skip("no PostgreSQL is installed");
  const url = await server.createDatabase();
  const folder = createTestFolder({ change: (text) => toStore({ text, url }) });
  await run(folder, "provision", "eu", "--apply");
  const input = ndjson(Array.from({ length: request.people }, (_, index) => submission(index)));
  expect((await runCommand({ arguments: ["collect", "-"], folder: folder.path, input })).code).toBe(0);
  return { ...folder, url };
}

function toStore(request: { text: string; url: string }): string {
  const store = `eu: createRegionalStore({ url: ${JSON.stringify(request.url)}, region: "EU" }),`;
  return `import { createRegionalStore } from "@volenti/regional-store";\n${request.text.replace('eu: createMemoryConnector({ region: "EU", system: systems.eu }),', store)}`;
}

function run(folder: TestFolder, ...words: string[]): Promise<CommandAnswer> {
  return runCommand({ arguments: words, folder: folder.path });
}

async function rewrap(folder: TestFolder, ...words: string[]): Promise<{ code: number; report: RewrapReport }> {
  const answer = await run(folder, "keys", "--rewrap", "--json", ...words);
  return { code: answer.code, report: answer.json()[0] as unknown as RewrapReport };
}

async function show(folder: TestFolder, number: number): Promise<CommandAnswer> {
  return runCommand({ arguments: ["show", "--email", "-", "--json"], folder: folder.path, input: emailOf(number) });
}

async function linesOf(folder: TestFolder, code: string): Promise<string[]> {
  return (await run(folder, "doctor")).stdout.split("\n").filter((line) => line.includes(`(${code})`));
}

/** The file of the earlier key-encryption key is taken away, as an administrator would. */
function removeOldKey(folder: TestFolder): void {
  const [name = ""] = readdirSync(`${folder.path}/keys`).filter((file) => file.startsWith("keyEncryption-1"));
  rmSync(`${folder.path}/keys/${name}`);
}

async function ask(folder: StoreFolder, statement: string): Promise<number> {
  const [row] = await queryDatabase<{ count: string }>({ url: folder.url, statement });
  return Number(row?.count);
}

/** Each page takes its time, so that there is a middle of a run: answers once a page is done. */
async function interruptInTheMiddle(request: { folder: StoreFolder; signal: NodeJS.Signals }): Promise<{ answer: ProcessAnswer; done: number }> {
  const { folder, signal } = request;
  const slow = `create function public.dawdle() returns trigger language plpgsql as $$ begin perform pg_sleep(1); return null; end $$;
    create trigger dawdle before update on volenti.subject_key for each statement execute function public.dawdle()`;
  await queryDatabase({ url: folder.url, statement: slow });
  const { child, ended } = spawnCommand({ arguments: ["keys", "--rewrap", "--apply", "--json"], folder: folder.path });
  const { report } = await rewrap(folder);
  const count = `select count(*) from volenti.subject_key where key_id = '${report.activeKeyId}'`;
  let done = 0;
  while (done === 0) done = await ask(folder, count);
  child.kill(signal);
  const answer = await ended;
  await queryDatabase({ url: folder.url, statement: "drop trigger dawdle on volenti.subject_key" });
  return { answer, done };
}

test("after a rotation the data keys are listed, wrapped anew with --apply, and the earlier key can be taken away", async (context) => {
  const folder = await openFolder({ context, people: 7 });
  const before = await rewrap(folder);
  expect(before).toMatchObject({ code: 0, report: { applied: false, outcome: "complete", notNeeded: [] } });
  const old = before.report.activeKeyId ?? "";
  expect(before.report.destinations).toEqual([
    { destinationId: "eu", status: "complete", keys: [{ keyId: old, status: "active", dataKeys: 7, rewrapped: 0, unreadable: 0, left: 7 }] },
  ]);
  expect(await linesOf(folder, "keyNeeded")).toEqual([]);
  await run(folder, "keys", "--rotate", "keyEncryption");
  expect(await linesOf(folder, "keyNeeded")).toEqual([expect.stringMatching(new RegExp(`^ok +keys +${old} .*keep it.* 7 data keys of eu.*volenti keys --rewrap --apply`))]);
  const dry = await run(folder, "keys", "--rewrap");
  expect([dry.code, dry.stdout]).toEqual([0, expect.stringContaining("volenti keys --rewrap --apply")]);
  expect((await rewrap(folder)).report.destinations[0]?.keys).toMatchObject([{ keyId: old, status: "retired", dataKeys: 7, left: 7 }]);
  const applied = await run(folder, "keys", "--rewrap", "--apply");
  expect([applied.code, applied.stdout]).toEqual([0, expect.stringMatching(/Every data key is under the active key\.\n$/)]);
  expect(applied.stdout).toContain(`${old} wraps no data key any more`);
  expect(await linesOf(folder, "keyNotNeeded")).toEqual([expect.stringMatching(new RegExp(`^ok +keys +${old} .*may leave the keyring`))]);
  removeOldKey(folder);
  const doctor = await run(folder, "doctor");
  expect([doctor.code, doctor.stdout]).toEqual([0, expect.not.stringContaining("keyMissing")]);
  expect((await show(folder, 3)).json()).toMatchObject([{ found: true, complete: true, profile: [{ attribute: "email", value: emailOf(3) }, { attribute: "givenName" }] }]);
  expect((await runCommand({ arguments: ["collect", "-"], folder: folder.path, input: ndjson([submission(99)]) })).code).toBe(0);
});

test("an earlier key that is taken away too soon stops everything, and the doctor says which", async (context) => {
  const folder = await openFolder({ context, people: 1 });
  const { report } = await rewrap(folder);
  await run(folder, "keys", "--rotate", "keyEncryption");
  removeOldKey(folder);
  const doctor = await run(folder, "doctor");
  expect([doctor.code, doctor.stdout]).toEqual([2, expect.stringMatching(new RegExp(`lacks: ${report.activeKeyId}.*keyMissing`))]);
  const applied = await rewrap(folder, "--apply");
  expect(applied).toMatchObject({ code: 1, report: { outcome: "incomplete", destinations: [{ keys: [{ keyId: report.activeKeyId, status: "missing", rewrapped: 0, left: 1 }] }] } });
  expect((await run(folder, "keys", "--rewrap")).stdout).toContain("bring it back");
});

test("a run that was killed in the middle is run again, and every value is read without the earlier key", async (context) => {
  const people = 1100;
  const folder = await openFolder({ context, people });
  await run(folder, "keys", "--rotate", "keyEncryption");
  const { answer, done } = await interruptInTheMiddle({ folder, signal: "SIGKILL" });
  expect(answer).toMatchObject({ signal: "SIGKILL", stdout: "" });
  expect(done).toBeLessThan(people);
  const again = await rewrap(folder, "--apply");
  expect(again).toMatchObject({ code: 0, report: { outcome: "complete", notNeeded: [expect.any(String)] } });
  const rewrapped = again.report.destinations[0]?.keys.reduce((sum, key) => sum + key.rewrapped, 0) ?? 0;
  expect(rewrapped).toBeGreaterThan(0);
  expect(rewrapped).toBeLessThan(people);
  expect(await rewrap(folder)).toMatchObject({ report: { destinations: [{ keys: [{ status: "active", dataKeys: people }] }] } });
  removeOldKey(folder);
  for (const number of [0, 600, people - 1]) {
    expect((await show(folder, number)).json()).toMatchObject([{ complete: true, profile: [{ attribute: "email", value: emailOf(number) }, { attribute: "givenName" }] }]);
  }
});

test("a signal lets the page under way end, and exits as signals do", async (context) => {
  const folder = await openFolder({ context, people: 600 });
  await run(folder, "keys", "--rotate", "keyEncryption");
  const { answer: { code, stdout } } = await interruptInTheMiddle({ folder, signal: "SIGTERM" });
  expect([code, JSON.parse(stdout)]).toMatchObject([143, { outcome: "interrupted" }]);
  expect((await show(folder, 3)).json()).toMatchObject([{ found: true, complete: true }]);
});

test("damaged data keys are told, stay, and exit 1; a store that is down is exit 3, and its keys are kept", async (context) => {
  const folder = await openFolder({ context, people: 3 });
  await run(folder, "keys", "--rotate", "keyEncryption");
  await queryDatabase({ url: folder.url, statement: "update volenti.subject_key set wrapped = wrapped || '\\x00' where ref = (select min(ref) from volenti.subject_key)" });
  expect(await rewrap(folder, "--apply")).toMatchObject({
    code: 1,
    report: { outcome: "incomplete", notNeeded: [], destinations: [{ status: "incomplete", keys: expect.arrayContaining([expect.objectContaining({ status: "retired", dataKeys: 3, rewrapped: 2, unreadable: 1, left: 1 })]) }] },
  });
  await server?.crash();
  expect(await rewrap(folder, "--apply")).toMatchObject({ code: 3, report: { outcome: "incomplete", notNeeded: [], destinations: [{ status: "failed", code: "unavailable", keys: [] }] } });
  expect(await linesOf(folder, "keyNeedUnknown")).toEqual([expect.stringMatching(/^warning +keys +.*keep it: eu/)]);
  await server?.restart();
});

test("a login that may not erase may not replace keys, and is told so", async (context) => {
  const folder = await openFolder({ context, people: 2 });
  await run(folder, "keys", "--rotate", "keyEncryption");
  await queryDatabase({ url: folder.url, statement: "create role collector login in role volenti_writer, volenti_reader" });
  const url = server?.urlFor({ databaseUrl: folder.url, user: "collector" }) ?? "";
  folder.write("volenti.config.mjs", readFileSync(`${folder.path}/volenti.config.mjs`, "utf8").replace(JSON.stringify(folder.url), JSON.stringify(url)));
  expect(await rewrap(folder)).toMatchObject({ code: 0, report: { destinations: [{ keys: [{ status: "retired", dataKeys: 2 }] }] } });
  expect(await rewrap(folder, "--apply")).toMatchObject({ code: 2, report: { destinations: [{ status: "failed", code: "forbidden" }] } });
});

test("where no destination encrypts there is nothing to wrap, and no earlier key is needed", async () => {
  const folder = createTestFolder();
  const answer = await run(folder, "keys", "--rotate", "keyEncryption", "--rewrap", "--apply");
  expect([answer.code, answer.stdout]).toEqual([0, expect.stringContaining("No destination keeps data keys.")]);
  expect(await linesOf(folder, "keyNotNeeded")).toHaveLength(1);
});

test("--apply alone, and --rewrap beside --public, are mistakes", async () => {
  const folder = createTestFolder();
  for (const words of [["--apply"], ["--rotate", "keyEncryption", "--apply"], ["--rewrap", "--public"]]) {
    const answer = await run(folder, "keys", ...words);
    expect([words, answer.code, answer.stdout]).toEqual([words, 2, ""]);
  }
  expect(readdirSync(folder.path)).not.toContain("keys");
});
