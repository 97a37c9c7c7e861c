import type { ChildProcess } from "node:child_process";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { startPostgresql, type PostgresqlServer } from "../../../tools/test-support/start-postgresql.ts";
import { runCommand } from "./support/run-command.ts";
import { spawnCommand, wholeLines } from "./support/spawn-command.ts";
import { CANARY, ndjson, submission } from "./support/submissions.ts";
import { createTestFolder, type TestFolder } from "./support/test-folder.ts";

vi.setConfig({ testTimeout: 90_000, hookTimeout: 60_000 });

let server: PostgresqlServer | null = null;
beforeAll(async () => {
  server = await startPostgresql();
});
afterAll(async () => server?.stop());

async function createFolder(): Promise<TestFolder | null> {
  if (server === null) return null;
  const url = await server.createDatabase();
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
