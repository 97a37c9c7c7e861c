import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { runCommand } from "./support/run-command.ts";
import { createTestFolder } from "./support/test-folder.ts";

test("prints the records without asking any destination", async () => {
  const folder = createTestFolder();
  folder.systems.eu.fail({ kind: "unavailable" });
  const answer = await runCommand({ arguments: ["records"], folder: folder.path });
  expect(answer.code).toBe(0);
  expect(answer.stdout).toContain("# Records of processing activities");
  expect(folder.systems.eu.countCalls()).toBe(0);
});

test("writes them for programs, into a file too", async () => {
  const folder = createTestFolder();
  const answer = await runCommand({ arguments: ["records", "--format", "json", "--out", "records.json"], folder: folder.path });
  expect([answer.code, answer.stdout]).toEqual([0, ""]);
  expect(JSON.parse(readFileSync(`${folder.path}/records.json`, "utf8"))).toMatchObject({ controller: { name: "Maison Exemple" } });
  expect((await runCommand({ arguments: ["records", "--json"], folder: folder.path })).json()).toHaveLength(1);
});
