import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { CommandFailure } from "../command-failure.ts";
import { runCommand } from "../run-command.ts";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "volenti-stranger-")));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("a command that fails is told with its exit code and what it said", () => {
  const program = "process.stderr.write('no such page'); process.exitCode = 3";
  expect(() => runCommand({ folder, command: "node", arguments: ["-e", program] })).toThrow(CommandFailure);
  expect(() => runCommand({ folder, command: "node", arguments: ["-e", program] })).toThrow(/ended with 3\nno such page$/);
});

test("a stranger's command runs in its own folder, and finds no program of the workspace", () => {
  const program = "process.stdout.write(JSON.stringify([process.cwd(), process.env.PATH, process.env.npm_lifecycle_event ?? null]))";
  const [where, path, event] = JSON.parse(runCommand({ folder, command: "node", arguments: ["-e", program] })) as [string, string, string | null];
  expect(where).toBe(folder);
  expect(path.split(":").filter((part) => part.endsWith(".bin"))).toEqual([join(folder, "node_modules/.bin")]);
  expect(event).toBeNull();
});
