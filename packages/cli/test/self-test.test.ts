import { expect, test } from "vitest";
import { runCommand, type CommandAnswer } from "./support/run-command.ts";
import { createTestFolder, type TestFolder } from "./support/test-folder.ts";

const CONNECTOR = 'createMemoryConnector({ region: "EU", system: systems.eu })';

/** A folder whose EU destination has further members, as text. */
function folderWith(members: string): TestFolder {
  return createTestFolder({ change: (text) => text.replace(CONNECTOR, `{ ...${CONNECTOR}, ${members} }`) });
}

function checksOf(answer: CommandAnswer): Record<string, string>[] {
  const [{ checks } = {}] = answer.json() as { checks?: Record<string, string>[] }[];
  return (checks ?? []).filter(({ subject }) => subject === "eu");
}

const doctor = (folder: TestFolder): Promise<CommandAnswer> => runCommand({ arguments: ["doctor", "--json"], folder: folder.path });

test("doctor lets a destination prove itself by writing, and prints what that found, errors as exit 2", async () => {
  const warned = await doctor(
    folderWith('selfTest: async () => ({ findings: [{ severity: "warning", code: "guardUnproven", message: "the server let an older write through" }] })'),
  );
  expect(checksOf(warned).slice(-1)).toEqual([
    { status: "warning", subject: "eu", code: "guardUnproven", message: "the server let an older write through" },
  ]);
  expect(warned.code).toBe(0);
  const wrong = await doctor(folderWith('selfTest: async () => ({ findings: [{ severity: "error", code: "notProvisioned", message: "a rule is off" }] })'));
  expect(checksOf(wrong).slice(-1)).toMatchObject([{ status: "error", message: "a rule is off: run volenti provision eu --apply" }]);
  expect(wrong.code).toBe(2);
});

test("doctor says that a test by writing was passed", async () => {
  const answer = await doctor(folderWith("selfTest: async () => ({ findings: [] })"));
  expect(checksOf(answer).map(({ code }) => code)).toEqual(expect.arrayContaining(["reached", "selfTestPassed"]));
});

test("doctor tells a test by writing that failed beside what was reached", async () => {
  const answer = await doctor(folderWith('selfTest: async () => { throw Object.assign(new Error("canary"), { code: "ECONNRESET" }); }'));
  expect(checksOf(answer).map(({ code }) => code)).toEqual(expect.arrayContaining(["reached", "unforeseen"]));
  expect(answer.stdout).not.toContain("canary");
  expect(answer.code).toBe(3);
});

test("doctor writes nothing where an error stands in the way already, and says so", async () => {
  const answer = await doctor(
    folderWith(
      'checkConnection: async () => ({ findings: [{ severity: "error", code: "notProvisioned", message: "a field is missing" }] }), selfTest: async () => { throw new Error("was run"); }',
    ),
  );
  expect(checksOf(answer).map(({ code }) => code)).toEqual(["reached", "notProvisioned", "selfTestNotRun"]);
});

test("collect never tests by writing", async () => {
  const folder = folderWith('selfTest: async () => { throw new Error("was run"); }');
  folder.write("in.ndjson", "");
  expect((await runCommand({ arguments: ["collect", "in.ndjson"], folder: folder.path })).code).toBe(0);
});
