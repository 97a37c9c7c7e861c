import { existsSync, openSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { spawnCommand, wholeLines } from "./support/spawn-command.ts";
import { CANARY, ndjson, submission } from "./support/submissions.ts";
import { createTestFolder, type TestFolder } from "./support/test-folder.ts";

// A process starts slowly on a machine that is busy.

const COUNT = 3000;

/** A folder whose European destination writes down, in a file, what it has applied: it outlives a killed process. */
function createLoggingFolder(): TestFolder {
  const folder = createTestFolder({
    change: (text) =>
      `import { appendFileSync } from "node:fs";\n${text.replace(
        'eu: createMemoryConnector({ region: "EU", system: systems.eu }),',
        `eu: (() => {
          const connector = createMemoryConnector({ region: "EU" });
          const write = async (batch) => {
            const outcomes = await connector.intake.write(batch);
            for (const item of batch.items) for (const { submissionId } of item.submissions) appendFileSync("applied.log", submissionId + "\\n");
            return outcomes;
          };
          return { ...connector, intake: { write } };
        })(),`,
      )}`,
  });
  folder.write("in.ndjson", ndjson(Array.from({ length: COUNT }, (_, index) => submission(index))));
  return folder;
}

const COLLECT = ["collect", "in.ndjson", "--resume", "state.json", "--json", "--batch-size", "10"];

test("an interrupted process ends with 130, and the next goes on at the very next line", async () => {
  const folder = createLoggingFolder();
  let isFirst = true;
  const onOutput = (child: { kill: (signal: "SIGINT") => boolean }): void => {
    if (isFirst) child.kill("SIGINT");
    isFirst = false;
  };
  const first = await spawnCommand({ arguments: COLLECT, folder: folder.path, onOutput }).ended;
  expect({ code: first.code, signal: first.signal }).toEqual({ code: 130, signal: null });
  expect(wholeLines(first.stdout).length).toBeLessThan(COUNT);
  const second = await spawnCommand({ arguments: COLLECT, folder: folder.path }).ended;
  expect(second.code).toBe(0);
  const lines = [...wholeLines(first.stdout), ...wholeLines(second.stdout)].map(({ line }) => line);
  expect(lines).toEqual(Array.from({ length: COUNT }, (_, index) => index + 1));
  const applied = readFileSync(`${folder.path}/applied.log`, "utf8").trim().split("\n");
  expect([applied.length, new Set(applied).size]).toEqual([COUNT, COUNT]);
});

test("a killed process loses nothing: running it again reaches every line", async () => {
  const folder = createLoggingFolder();
  const onOutput = (child: { kill: (signal: "SIGKILL") => boolean }): void => void child.kill("SIGKILL");
  const first = await spawnCommand({ arguments: COLLECT, folder: folder.path, onOutput }).ended;
  expect(first.signal).toBe("SIGKILL");
  const printed = wholeLines(first.stdout).length;
  expect(printed).toBeLessThan(COUNT);
  const second = await spawnCommand({ arguments: COLLECT, folder: folder.path }).ended;
  expect(second.code).toBe(0);
  const lines = wholeLines(second.stdout).map(({ line }) => line);
  expect(lines[0]).toBeLessThanOrEqual(printed + 1);
  expect(lines.at(-1)).toBe(COUNT);
  const applied = new Set(readFileSync(`${folder.path}/applied.log`, "utf8").trim().split("\n"));
  expect(applied.size).toBe(COUNT);
});

test.runIf(existsSync("/dev/full"))("a full disk behind the output ends the run with 3", async () => {
  const folder = createLoggingFolder();
  const { ended } = spawnCommand({
    arguments: COLLECT,
    folder: folder.path,
    stdio: ["ignore", openSync("/dev/full", "w"), "pipe"],
  });
  const answer = await ended;
  expect(answer.code).toBe(3);
  expect(answer.stderr).toContain("ENOSPC");
  expect(answer.stderr).not.toContain(CANARY);
  const applied = readFileSync(`${folder.path}/applied.log`, "utf8").trim().split("\n");
  expect(applied.length).toBeLessThan(COUNT);
});

test("a reader that goes away ends the run with 3", async () => {
  const folder = createLoggingFolder();
  const { child, ended } = spawnCommand({ arguments: COLLECT, folder: folder.path, onOutput: () => child.stdout?.destroy() });
  const answer = await ended;
  expect(answer.code).toBe(3);
  expect(answer.stderr).toContain("EPIPE");
});

test("reads submissions from a pipe", async () => {
  const folder = createLoggingFolder();
  const { child, ended } = spawnCommand({ arguments: ["collect", "-", "--json"], folder: folder.path });
  child.stdin?.end(ndjson([submission(1), "{"]));
  const answer = await ended;
  expect(answer.code).toBe(1);
  expect(wholeLines(answer.stdout)).toMatchObject([{ outcome: "delivered" }, { outcome: "rejected" }]);
  expect(answer.stderr).toBe("");
});
