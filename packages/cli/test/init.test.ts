import { readdirSync } from "node:fs";
import { afterEach, expect, test, vi } from "vitest";
import { runCommand } from "./support/run-command.ts";
import { spawnCommand, wholeLines } from "./support/spawn-command.ts";
import { createEmptyFolder } from "./support/test-folder.ts";

afterEach(() => vi.unstubAllEnvs());

test("where keys may not be made, init exits 2 and leaves the folder as it was", async () => {
  const folder = createEmptyFolder();
  vi.stubEnv("NODE_ENV", "production");
  const refused = await runCommand({ arguments: ["init"], folder });
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain("keyringInProduction");
  expect(readdirSync(folder)).toEqual([]);
  vi.unstubAllEnvs();
  expect((await runCommand({ arguments: ["init"], folder })).code).toBe(0);
});

test("a refused init names each file that is there once", async () => {
  const folder = createEmptyFolder();
  await runCommand({ arguments: ["init"], folder });
  const { code, stderr } = await runCommand({ arguments: ["init"], folder });
  expect(code).toBe(2);
  for (const name of ["volenti.config.mts", "sample.ndjson"]) expect(stderr.split(name)).toHaveLength(2);
});

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
});
