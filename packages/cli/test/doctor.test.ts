import { existsSync, mkdirSync } from "node:fs";
import { expect, test } from "vitest";
import { runCommand } from "./support/run-command.ts";
import { ndjson, submission } from "./support/submissions.ts";
import { createEmptyFolder, createTestFolder } from "./support/test-folder.ts";

const ESCAPE = "\u001B[";

test("reaches every destination, one line a check, and exits 0", async () => {
  const folder = createTestFolder();
  const answer = await runCommand({ arguments: ["doctor"], folder: folder.path });
  expect(answer.code).toBe(0);
  expect(answer.stdout).toMatch(/^ok\s+eu\s+reached: memory in EU/m);
  expect(answer.stdout).toMatch(/^warning\s+ru\s+.*\(durabilityNone\)$/m);
});

test("exits 3 when a destination is not reached, and says which", async () => {
  const folder = createTestFolder();
  folder.systems.ru.fail({ kind: "unavailable" });
  const answer = await runCommand({ arguments: ["doctor", "--json"], folder: folder.path });
  expect(answer.code).toBe(3);
  const [{ checks } = {}] = answer.json() as unknown as { checks: { subject: string; status: string }[] }[];
  expect(checks).toContainEqual(expect.objectContaining({ subject: "ru", status: "error" }));
  expect(checks).toContainEqual(expect.objectContaining({ subject: "eu", status: "ok", code: "reached" }));
});

test("lists every mistake of a configuration, and exits 2", async () => {
  const folder = createTestFolder({
    change: (text) => text.replace('mechanism: "optIn"', 'mechanism: "optOut"').replace('to: ["ru"]', 'to: ["mars"]'),
  });
  const answer = await runCommand({ arguments: ["doctor"], folder: folder.path });
  expect(answer.code).toBe(2);
  expect(answer.stdout.match(/^error /gm)?.length).toBeGreaterThanOrEqual(2);
  expect(answer.stdout).toContain("purposes[1].mechanism");
});

test("names the purposes for which no retention is set, which is no error", async () => {
  const folder = createTestFolder({ change: (text) => text.replace('mechanism: "optIn"', 'mechanism: "optIn", retention: "P3Y"') });
  const answer = await runCommand({ arguments: ["doctor"], folder: folder.path });
  expect(answer.code).toBe(0);
  const line = answer.stdout.split("\n").find((text) => text.includes("purposesWithoutRetention"));
  expect(line).toMatch(/^ok\s+configuration\s/);
  expect(line).toContain("loyalty");
  expect(line).not.toContain("marketing.email");
});

test("reports a lock that differs as one of its lines", async () => {
  const folder = createTestFolder();
  await runCommand({ arguments: ["lock"], folder: folder.path });
  folder.write("volenti.lock.json", "{}");
  const answer = await runCommand({ arguments: ["doctor"], folder: folder.path });
  expect(answer.code).toBe(2);
});

test.each(["collect", "doctor", "lock", "keys", "show", "verify"])("%s exits 2 where there is no configuration", async (name) => {
  const folder = createEmptyFolder();
  const call = name === "collect" ? [name, "-"] : name === "show" ? [name, "--email", "-"] : [name];
  const answer = await runCommand({ arguments: call, folder });
  expect(answer.code).toBe(2);
  expect(answer.stdout + answer.stderr).toContain("configurationNotFound");
});

test("--config names a configuration elsewhere; relative paths in it count from its folder, FILE from the caller's", async () => {
  const folder = createTestFolder();
  const caller = `${folder.path}/caller`;
  mkdirSync(caller);
  folder.write("caller/in.ndjson", ndjson([submission(1)]));
  const answer = await runCommand({ arguments: ["collect", "in.ndjson", "--config", "../volenti.config.mjs"], folder: caller });
  expect(answer.code).toBe(0);
  expect([existsSync(`${folder.path}/keys`), existsSync(`${folder.path}/volenti.lock.json`)]).toEqual([true, true]);
  expect([existsSync(`${caller}/keys`), existsSync(`${caller}/volenti.lock.json`)]).toEqual([false, false]);
});

test("colours follow the terminal and NO_COLOR", async () => {
  const folder = createTestFolder();
  const call = { arguments: ["doctor"], folder: folder.path, isTerminal: true };
  expect((await runCommand(call)).stdout).toContain(ESCAPE);
  expect((await runCommand({ ...call, environment: { NO_COLOR: "1" } })).stdout).not.toContain(ESCAPE);
  expect((await runCommand({ ...call, isTerminal: false })).stdout).not.toContain(ESCAPE);
});

test("a destination without anything lacking has an empty plan", async () => {
  const folder = createTestFolder();
  await runCommand({ arguments: ["provision", "eu", "--apply"], folder: folder.path });
  const plan = await runCommand({ arguments: ["provision", "eu", "--json"], folder: folder.path });
  expect(plan.code).toBe(0);
  expect(plan.json()).toEqual([{ destination: "eu", applied: false, steps: [] }]);
});

test("init writes a configuration, notices, keys and a sample, and refuses to do it twice", async () => {
  const folder = createEmptyFolder();
  const first = await runCommand({ arguments: ["init"], folder });
  expect(first.code).toBe(0);
  for (const name of ["volenti.config.mts", "sample.ndjson", "notices/signup-1-en.md", ".volenti/keys", ".gitignore"]) {
    expect(existsSync(`${folder}/${name}`), name).toBe(true);
  }
  const second = await runCommand({ arguments: ["init"], folder });
  expect(second.code).toBe(2);
  expect(second.stderr).toContain("volenti.config.mts");
});
