import { expect, test } from "vitest";
import { runCommand } from "./support/run-command.ts";
import { spawnCommand, wholeLines } from "./support/spawn-command.ts";
import { createEmptyFolder } from "./support/test-folder.ts";

test("what init writes works at once: the sample is delivered, each person where the law wants them", async () => {
  const folder = createEmptyFolder();
  await runCommand({ arguments: ["init"], folder });
  const answer = await spawnCommand({ arguments: ["collect", "sample.ndjson", "--json"], folder }).ended;
  expect(answer.stderr).toBe("");
  expect(answer.code).toBe(0);
  expect(wholeLines(answer.stdout)).toMatchObject([
    { outcome: "delivered", destinations: [{ id: "eu" }], withheld: [{ attribute: "birthdate" }] },
    { outcome: "delivered", destinations: [{ id: "eu" }] },
    { outcome: "delivered", destinations: [{ id: "ru" }] },
  ]);
}, 90_000);
