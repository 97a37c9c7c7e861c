import { expect, test } from "vitest";
import { runCommand } from "./support/run-command.ts";
import { ndjson, submission } from "./support/submissions.ts";
import { createTestFolder, type TestFolder } from "./support/test-folder.ts";

const CONNECTOR = 'createMemoryConnector({ region: "EU", system: systems.eu })';

/** A call a person and a call a decision, so that both numbers are seen. */
function folderWith(dailyLimit: string): TestFolder {
  const members = `estimateCalls: ({ people, decisions }) => ({ calls: 100 * people + decisions, dailyLimit: ${dailyLimit} })`;
  return createTestFolder({ change: (text) => text.replace(CONNECTOR, `{ ...${CONNECTOR}, ${members} }`) });
}

const LINES = ndjson([
  submission(1),
  submission(2, { decisions: [] }),
  submission(1, { submissionId: "00000000-0000-4000-8000-000000000001" }),
  submission(3, { country: "JP" }),
  submission(4, { country: "RU" }),
  "{",
]);

test("a dry run ends with what the file would cost each destination that can tell, and its share of a day", async () => {
  const folder = folderWith("15000");
  folder.write("in.ndjson", LINES);
  const { stdout } = await runCommand({ arguments: ["collect", "in.ndjson", "--dry-run"], folder: folder.path });
  expect(stdout.trimEnd().split("\n").slice(-2)).toEqual([
    "4 would be delivered, 2 rejected; nothing was written or sent",
    "eu: about 202 calls for 2 people and 2 decisions, 1.35 % of the 15000 of a day",
  ]);
});

test("a person counts once a batch, as the destination would be written to", async () => {
  const folder = folderWith("15000");
  folder.write("in.ndjson", LINES);
  const { stdout } = await runCommand({ arguments: ["collect", "in.ndjson", "--dry-run", "--batch-size", "2"], folder: folder.path });
  expect(stdout).toContain("eu: about 302 calls for 3 people and 2 decisions");
});

test("a share too small to print is not nothing, and a limit that nobody knows is said", async () => {
  const large = folderWith("100000000");
  large.write("in.ndjson", ndjson([submission(1)]));
  expect((await runCommand({ arguments: ["collect", "in.ndjson", "--dry-run"], folder: large.path })).stdout).toContain("less than 0.01 % of");
  const unknown = folderWith("null");
  unknown.write("in.ndjson", ndjson([submission(1)]));
  expect((await runCommand({ arguments: ["collect", "in.ndjson", "--dry-run"], folder: unknown.path })).stdout).toContain("not known before the system is asked");
});

test("with --json the costs are on standard error, and standard output holds the lines alone", async () => {
  const folder = folderWith("15000");
  folder.write("in.ndjson", LINES);
  const answer = await runCommand({ arguments: ["collect", "in.ndjson", "--dry-run", "--json"], folder: folder.path });
  expect(answer.json().map(({ line }) => line)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(answer.stderr).toContain("eu: about 202 calls");
});

test("a file that a destination would get nothing of has no line of costs", async () => {
  const folder = folderWith("15000");
  folder.write("in.ndjson", ndjson([submission(4, { country: "RU" })]));
  const { stdout } = await runCommand({ arguments: ["collect", "in.ndjson", "--dry-run"], folder: folder.path });
  expect(stdout).not.toContain("calls for");
});
