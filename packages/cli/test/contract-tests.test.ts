import { expect, test } from "vitest";
import { runCommand, type CommandAnswer } from "./support/run-command.ts";
import { createTestFolder, type TestFolder } from "./support/test-folder.ts";

const CONNECTOR = 'createMemoryConnector({ region: "EU", system: systems.eu })';
const PROVED = 'contractTests: async () => ({ findings: [{ severity: "info", code: "privacyLevelProven", message: "as configured" }], settings: { privacyGranularity: "item" } })';

function folderWith(members: string): TestFolder {
  return createTestFolder({ change: (text) => text.replace(CONNECTOR, `{ ...${CONNECTOR}, ${members} }`) });
}

function run(folder: TestFolder, ...rest: readonly string[]): Promise<CommandAnswer> {
  return runCommand({ arguments: ["doctor", "--contract-tests", "eu", ...rest], folder: folder.path });
}

test("doctor tests one destination's contract by hand, and prints what to put into the configuration", async () => {
  const folder = folderWith(PROVED);
  const answer = await run(folder);
  expect([answer.code, answer.stdout.trimEnd().split("\n").at(-1)]).toEqual([0, 'privacyGranularity: "item",']);
  const [json] = (await run(folder, "--json")).json();
  expect(json).toEqual({
    checks: [{ status: "ok", subject: "eu", code: "privacyLevelProven", message: "as configured" }],
    settings: { privacyGranularity: "item" },
  });
});

test("doctor alone never tests a contract", async () => {
  const folder = folderWith('contractTests: async () => { throw new Error("was run"); }');
  expect((await runCommand({ arguments: ["doctor"], folder: folder.path })).code).toBe(0);
});

test("doctor tests no contract of a destination that is not in order", async () => {
  const wrong = 'checkConnection: async () => ({ findings: [{ severity: "error", code: "readRefused", message: "may not read" }] })';
  const answer = await run(folderWith(`${PROVED}, ${wrong}`), "--json");
  const [{ checks } = {}] = answer.json() as { checks?: { code: string }[] }[];
  expect([answer.code, checks?.map(({ code }) => code)]).toEqual([2, ["readRefused", "contractTestsNotRun"]]);
});

test("doctor says which destination has no tests, and that an unknown one is none", async () => {
  const none = await run(createTestFolder({}));
  expect([none.code, none.stderr]).toEqual([2, expect.stringContaining("unsupported")]);
  const unknown = await runCommand({ arguments: ["doctor", "--contract-tests", "nowhere"], folder: createTestFolder({}).path });
  expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining("unknownDestination")]);
});
