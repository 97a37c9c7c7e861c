import { expect, test } from "vitest";
import { runCommand } from "./support/run-command.ts";
import { ndjson, submission } from "./support/submissions.ts";
import { createTestFolder } from "./support/test-folder.ts";

test("counts one destination's people, and names nobody", async () => {
  const folder = createTestFolder();
  folder.write("in.ndjson", ndjson(Array.from({ length: 12 }, (_, index) => submission(index))));
  await runCommand({ arguments: ["collect", "in.ndjson"], folder: folder.path });
  const answer = await runCommand({ arguments: ["statistics", "--destination", "eu", "--json"], folder: folder.path });
  expect(answer.code).toBe(0);
  expect(answer.json()).toMatchObject([{ destinationId: "eu", minimum: 10 }]);
  expect(answer.stdout).not.toMatch(/[a-z2-7]{26}/);
});

test("wants to be told which destination where several list their people, and a minimum that hides", async () => {
  const folder = createTestFolder();
  expect((await runCommand({ arguments: ["statistics"], folder: folder.path })).code).toBe(2);
  expect((await runCommand({ arguments: ["statistics", "--destination", "eu", "--minimum", "1"], folder: folder.path })).code).toBe(2);
});
