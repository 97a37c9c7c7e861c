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
