import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { runCommand } from "./support/run-command.ts";
import { CANARY, ndjson, submission } from "./support/submissions.ts";
import { createTestFolder, type TestFolder } from "./support/test-folder.ts";

/** A folder whose European destination answers a connection check with this body. */
function createFolderWithCheck(body: string): TestFolder {
  return createTestFolder({
    change: (text) =>
      text.replace(
        'eu: createMemoryConnector({ region: "EU", system: systems.eu }),',
        `eu: { ...createMemoryConnector({ region: "EU", system: systems.eu }), checkConnection: async () => { ${body} } },`,
      ),
  });
}

const COLLECT = ["collect", "-", "--json"];
const INPUT = ndjson([submission(1, { country: "RU" })]);

test.each([
  ["notProvisioned", "volenti provision eu --apply"],
  ["schemaOutdated", "volenti provision eu --apply to upgrade it"],
  ["keyMissing", "restore the key"],
  ["catalogueChanged", "raise the version"],
])("%s stops before the first line, exits 2 and says what to do", async (code, advice) => {
  const finding = `return { findings: [{ severity: "error", code: "${code}", message: "m" }] };`;
  const folder = createFolderWithCheck(finding);
  const answer = await runCommand({ arguments: COLLECT, folder: folder.path, input: INPUT });
  expect(answer.code).toBe(2);
  expect(answer.stderr).toContain(advice);
  expect(answer.stdout).toBe("");
  expect(folder.systems.ru.records.decisions.size).toBe(0);
});

test("the same said by an error stops too", async () => {
  const folder = createFolderWithCheck(`
    const { ConnectorError } = await import("@volenti/core");
    throw new ConnectorError({ code: "invalidConfiguration", connectorId: "memory", operation: "checkConnection", providerCode: "notProvisioned" });
  `);
  const answer = await runCommand({ arguments: COLLECT, folder: folder.path, input: INPUT });
  expect(answer.code).toBe(2);
  expect(answer.stderr).toContain("volenti provision eu --apply");
});

test.each(["unauthenticated", "forbidden", "versionMismatch", "invalidConfiguration"])(
  "a destination that was reached and answers %s stops before the first line, and leaves no lock behind",
  async (code) => {
    const folder = createFolderWithCheck(`
      const { ConnectorError } = await import("@volenti/core");
      throw new ConnectorError({ code: "${code}", connectorId: "memory", operation: "checkConnection", providerCode: "28P01" });
    `);
    const answer = await runCommand({ arguments: COLLECT, folder: folder.path, input: INPUT });
    expect([answer.code, answer.stdout]).toEqual([2, ""]);
    expect(answer.stderr).toMatch(new RegExp(`^error eu .*28P01.*\\(${code}\\)\n$`));
    expect(folder.systems.ru.records.decisions.size).toBe(0);
    expect(existsSync(`${folder.path}/volenti.lock.json`)).toBe(false);
  },
);

test("a run that was stopped lets a notice be put right under its version", async () => {
  const stopped = 'return { findings: [{ severity: "error", code: "notProvisioned", message: "m" }] };';
  const folder = createFolderWithCheck(stopped);
  expect((await runCommand({ arguments: COLLECT, folder: folder.path, input: INPUT })).code).toBe(2);
  expect((await runCommand({ arguments: ["doctor"], folder: folder.path })).stdout).toContain("lockAbsent");
  const text = readFileSync(`${folder.path}/volenti.config.mjs`, "utf8");
  folder.write("volenti.config.mjs", text.replace(stopped, "return { findings: [] };").replace("Vos choix.", "Vos choix, relus."));
  expect((await runCommand({ arguments: COLLECT, folder: folder.path, input: INPUT })).code).toBe(0);
  expect(existsSync(`${folder.path}/volenti.lock.json`)).toBe(true);
});

test("says once that an embedded store is in use by another process, and goes on", async () => {
  const folder = createFolderWithCheck(`
    const { ConnectorError } = await import("@volenti/core");
    throw new ConnectorError({ code: "unavailable", connectorId: "memory", operation: "checkConnection", providerCode: "storeLocked" });
  `);
  const answer = await runCommand({ arguments: COLLECT, folder: folder.path, input: INPUT });
  expect([answer.code, answer.json().length]).toEqual([0, 1]);
  expect(answer.stderr.match(/storeLocked/g)).toHaveLength(1);
});

test("warnings and failures to reach a destination do not stop the others", async () => {
  const warned = createFolderWithCheck('return { findings: [{ severity: "warning", code: "notProvisioned", message: "m" }] };');
  const failed = createFolderWithCheck(`throw new Error("${CANARY}");`);
  for (const folder of [warned, failed]) {
    const answer = await runCommand({ arguments: COLLECT, folder: folder.path, input: INPUT });
    expect(answer.code).toBe(0);
    expect(answer.stderr).toBe("");
  }
});

test("an error that nobody foresaw is told by its kind and place, without its message", async () => {
  const folder = createTestFolder({
    change: (text) =>
      text.replace(
        'keys: fileKeyring("./keys"),',
        `keys: { ...fileKeyring("./keys"), describe: () => { throw new RangeError("${CANARY}\\n    at ${CANARY}"); } },`,
      ),
  });
  const answer = await runCommand({ arguments: ["keys"], folder: folder.path });
  expect(answer.code).toBe(3);
  expect(answer.stderr).toContain("RangeError");
  expect(answer.stdout + answer.stderr).not.toContain(CANARY);
});

test("a configuration that throws is told by its line, without what it says", async () => {
  const folder = createTestFolder({ change: (text) => `${text}\nthrow new Error("${CANARY}");\n` });
  const answer = await runCommand({ arguments: COLLECT, folder: folder.path, input: INPUT });
  expect(answer.code).toBe(2);
  expect(answer.stderr).toContain("configurationInvalid");
  expect(answer.stdout + answer.stderr).not.toContain(CANARY);
});
