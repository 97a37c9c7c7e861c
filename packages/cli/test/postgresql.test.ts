import type { ChildProcess } from "node:child_process";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startPostgresql, type PostgresqlServer } from "../../../tools/test-support/start-postgresql.ts";
import { runCommand } from "./support/run-command.ts";
import { spawnCommand, wholeLines } from "./support/spawn-command.ts";
import { CANARY, ndjson, submission } from "./support/submissions.ts";
import { createTestFolder, type TestFolder } from "./support/test-folder.ts";

let server: PostgresqlServer | null = null;
beforeAll(async () => {
  server = await startPostgresql();
});
afterAll(async () => server?.stop());

async function createFolder(): Promise<TestFolder | null> {
  if (server === null) return null;
  return createFolderOf(await server.createDatabase());
}

function createFolderOf(url: string): TestFolder {
  return createTestFolder({
    change: (text) =>
      `import { createRegionalStore } from "@volenti/regional-store";\n${text.replace(
        'eu: createMemoryConnector({ region: "EU", system: systems.eu }),',
        `eu: createRegionalStore({ url: ${JSON.stringify(url)}, region: "EU" }),`,
      )}`,
  });
}

test("a store is provisioned on request: collect says so, the plan is shown first, and then it works", async (context) => {
  const folder = await createFolder();
  if (folder === null) return context.skip("no PostgreSQL is installed");
  const collect = { arguments: ["collect", "-", "--json"], folder: folder.path, input: ndjson([submission(1)]) };
  const before = await runCommand(collect);
  expect({ code: before.code, stdout: before.stdout }).toEqual({ code: 2, stdout: "" });
  expect(before.stderr).toContain("volenti provision eu --apply");
  const plan = await runCommand({ arguments: ["provision", "eu"], folder: folder.path });
  expect(plan.code).toBe(0);
  expect(plan.stdout).toMatch(/create schema/i);
  expect((await runCommand(collect)).code).toBe(2);
  expect((await runCommand({ arguments: ["provision", "eu", "--apply"], folder: folder.path })).code).toBe(0);
  const empty = await runCommand({ arguments: ["provision", "eu", "--json"], folder: folder.path });
  expect(empty.json()).toEqual([{ destination: "eu", applied: false, steps: [] }]);
  const after = await runCommand(collect);
  expect(after.code).toBe(0);
  expect(after.json()).toMatchObject([{ destinations: [{ id: "eu", outcome: "applied" }] }]);
});

test("a store that an earlier version provisioned is told so by every command that meets it, and upgraded by one", async (context) => {
  if (server === null) return context.skip("no PostgreSQL is installed");
  const databaseUrl = await server.createDatabase();
  const folder = createFolderOf(databaseUrl);
  const run = (...command: string[]) => runCommand({ arguments: command, folder: folder.path, input: ndjson([submission(1)]) });
  const [{ steps }] = (await run("provision", "eu", "--json")).json() as [{ steps: { id: string; statement: string }[] }];
  for (const { id, statement } of steps) {
    if (id < "0008") await server.runProgram({ name: "psql", databaseUrl, programArguments: ["-v", "ON_ERROR_STOP=1", "-c", statement] });
  }
  for (const command of [["doctor"], ["collect", "-"], ["checkpoint", "eu"], ["statistics", "--destination", "eu"]]) {
    const { code, stdout, stderr } = await run(...command);
    expect([command, code]).toEqual([command, 2]);
    expect(stdout + stderr).toMatch(/volenti provision (?:eu|DESTINATION) --apply to upgrade it/);
    expect(stdout + stderr).toContain("schemaOutdated");
  }
  expect((await run("provision", "eu", "--apply")).code).toBe(0);
  expect((await run("collect", "-")).code).toBe(0);
});

test("a login that the server refuses is exit 2 before the first line", async (context) => {
  if (server === null) return context.skip("no PostgreSQL is installed");
  const databaseUrl = await server.createDatabase();
  const folder = createFolderOf(server.urlFor({ databaseUrl, user: "nobody_of_that_name" }));
  const answer = await runCommand({ arguments: ["collect", "-", "--json"], folder: folder.path, input: ndjson([submission(1)]) });
  expect([answer.code, answer.stdout]).toEqual([2, ""]);
  expect(answer.stderr).toMatch(/eu refuses the login.*\(unauthenticated\)/);
});

test("verify finds what was done to the tables behind its back", async (context) => {
  if (server === null) return context.skip("no PostgreSQL is installed");
  const { runProgram, createDatabase } = server;
  const databaseUrl = await createDatabase();
  const run = (statement: string) => runProgram({ name: "psql", databaseUrl, programArguments: ["-v", "ON_ERROR_STOP=1", "-c", statement] });
  const folder = createFolderOf(databaseUrl);
  await runCommand({ arguments: ["provision", "eu", "--apply"], folder: folder.path });
  const [given] = submission(1)["decisions"] as Record<string, unknown>[];
  const withdrawn = { submissionId: "5f0f5e0e-6a1e-4a53-9d0b-0f5d3b0c7f11", occurredAt: "2026-11-02T10:15:00.000Z", decisions: [{ ...given, status: "withdrawn" }] };
  const input = ndjson([submission(1), submission(2), submission(1, withdrawn), submission(3)]);
  expect((await runCommand({ arguments: ["collect", "-"], folder: folder.path, input })).code).toBe(0);
  const verify = async () => {
    const { code, stdout } = await runCommand({ arguments: ["verify", "--destination", "eu", "--json"], folder: folder.path });
    const { destinations } = JSON.parse(stdout) as { destinations: { counts: { findings: Record<string, number> } }[] };
    return { code, findings: destinations[0]?.counts.findings };
  };
  expect(await verify()).toEqual({ code: 0, findings: {} });
  await run("alter table volenti.decision disable trigger all");
  await run("update volenti.decision set collection_point = 'elsewhere' where status = 'withdrawn'");
  expect(await verify()).toEqual({ code: 1, findings: { columnMismatch: 1 } });
  await run("update volenti.decision set collection_point = 'paris-flagship'");
  await run("update volenti.consent_state set status = 'given', rank = 0 where status = 'withdrawn'");
  expect(await verify()).toEqual({ code: 1, findings: { stateMismatch: 1 } });
  await run("update volenti.consent_state c set status = 'withdrawn', rank = 1 from volenti.decision d where d.status = 'withdrawn' and c.decision_id = d.decision_id");
  expect(await verify()).toEqual({ code: 0, findings: {} });
  await run("delete from volenti.decision where status = 'withdrawn'");
  expect(await verify()).toMatchObject({ code: 1, findings: { chainEndMismatch: 1 } });
});

test("a killed and resumed run leaves every decision in the store once, and all of them verify", async (context) => {
  const folder = await createFolder();
  if (folder === null) return context.skip("no PostgreSQL is installed");
  const count = 600;
  folder.write("in.ndjson", ndjson(Array.from({ length: count }, (_, index) => submission(index))));
  await runCommand({ arguments: ["provision", "eu", "--apply"], folder: folder.path });
  const call = { arguments: ["collect", "in.ndjson", "--resume", "state.json", "--json", "--batch-size", "10"], folder: folder.path };
  const killed = await spawnCommand({ ...call, onOutput: (child: ChildProcess) => void child.kill("SIGKILL") }).ended;
  expect(killed.signal).toBe("SIGKILL");
  expect(wholeLines(killed.stdout).length).toBeLessThan(count);
  const resumed = await spawnCommand(call).ended;
  expect(resumed.code).toBe(0);
  const verified = await runCommand({ arguments: ["verify", "--destination", "eu", "--json"], folder: folder.path });
  expect(verified.json()).toMatchObject([
    { destinations: [{ valid: true, counts: { decisions: count, sound: count, subjects: count } }] },
  ]);
});

test("a stopped server is undelivered and exit 3; the same file goes through when it is back", async (context) => {
  const folder = await createFolder();
  if (folder === null || server === null) return context.skip("no PostgreSQL is installed");
  await runCommand({ arguments: ["provision", "eu", "--apply"], folder: folder.path });
  const input = ndjson([submission(1), submission(2, { country: "RU" })]);
  const call = { arguments: ["collect", "-", "--json"], folder: folder.path, input };
  await server.crash();
  const down = await runCommand(call);
  expect(down.code).toBe(3);
  expect(down.json()).toMatchObject([{ outcome: "undelivered" }, { outcome: "delivered", destinations: [{ id: "ru" }] }]);
  const doctor = await runCommand({ arguments: ["doctor"], folder: folder.path });
  expect(doctor.code).toBe(3);
  expect(down.stdout + down.stderr + doctor.stdout + doctor.stderr).not.toContain(CANARY);
  await server.restart();
  const back = await runCommand(call);
  expect(back.code).toBe(0);
  expect(back.json()).toMatchObject([{ destinations: [{ id: "eu", outcome: "applied" }] }, { destinations: [{ id: "ru", outcome: "unchanged" }] }]);
});
