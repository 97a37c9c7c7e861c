import { expect, test } from "vitest";
import { refuseWrites } from "./support/refuse-writes.ts";
import { runCommand, type CommandAnswer } from "./support/run-command.ts";
import { emailOf, ndjson, submission } from "./support/submissions.ts";
import { createTestFolder } from "./support/test-folder.ts";

test("an erasure around a hold whose refusals could not be recorded ends with 3, and the next one records them", async () => {
  const folder = createTestFolder({ change: refuseWrites("systems.takesNoDecisions && batch.items.some(({ decisions }) => decisions.length > 0)") });
  const run = (...words: string[]): Promise<CommandAnswer> => runCommand({ arguments: [...words, "--email", "-", "--json"], folder: folder.path, input: emailOf(1) });
  expect((await runCommand({ arguments: ["collect", "-"], folder: folder.path, input: ndjson([submission(1)]) })).code).toBe(0);
  expect((await run("hold", "--scope", "email", "--law", "CGI art. 102 B", "--reason", "invoices")).code).toBe(0);
  Object.assign(folder.systems, { takesNoDecisions: true });
  const refused = await run("erase");
  expect(refused.json()).toMatchObject([{ outcome: "incomplete", withdrawal: { outcome: "undelivered" }, destinations: [{ id: "eu", status: "masked" }, { id: "ru", status: "notFound" }] }]);
  expect(refused.code).toBe(3);
  Object.assign(folder.systems, { takesNoDecisions: false });
  const recorded = await run("erase");
  expect(recorded.json()).toMatchObject([{ outcome: "held", withdrawal: { outcome: "delivered" } }]);
  expect(recorded.code).toBe(1);
});
