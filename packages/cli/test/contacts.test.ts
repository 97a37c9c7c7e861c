import { expect, test } from "vitest";
import { runCommand } from "./support/run-command.ts";
import { ndjson, submission } from "./support/submissions.ts";
import { createTestFolder } from "./support/test-folder.ts";

test("counts inactive people of a store, and says what it cannot tell", async () => {
  const folder = createTestFolder();
  folder.write("in.ndjson", ndjson([submission(1)]));
  await runCommand({ arguments: ["collect", "in.ndjson"], folder: folder.path });
  const answer = await runCommand({ arguments: ["contacts", "eu", "--inactive", "P50Y", "--json"], folder: folder.path });
  expect([answer.code, answer.json()]).toEqual([0, [{ destinationId: "eu", records: null, inactive: { people: 0, total: 1, inactiveFor: "P50Y" } }]]);
  expect((await runCommand({ arguments: ["contacts", "eu"], folder: folder.path })).code).toBe(1);
  expect((await runCommand({ arguments: ["contacts", "eu", "--inactive", "long"], folder: folder.path })).code).toBe(2);
});
