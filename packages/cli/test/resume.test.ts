import { EventEmitter } from "node:events";
import { mkdirSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { runCommand } from "./support/run-command.ts";
import { ndjson, submission } from "./support/submissions.ts";
import { createTestFolder } from "./support/test-folder.ts";

const CALL = ["collect", "in.ndjson", "--resume", "state.json", "--json", "--batch-size", "3"];

type Line = "eu" | "ru" | "bad" | "blank";
interface Run {
  down: "eu" | "ru" | "none";
  interruptAfter: number | null;
}

test("however often a file is interrupted and whatever is down, the last run leaves every line settled", async () => {
  const lineArbitrary = fc.constantFrom<Line>("eu", "ru", "bad", "blank");
  const runArbitrary = fc.record<Run>({
    down: fc.constantFrom("eu", "ru", "none"),
    interruptAfter: fc.option(fc.integer({ min: 1, max: 6 })),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(lineArbitrary, { maxLength: 24 }), fc.array(runArbitrary, { maxLength: 4 }), async (lines, runs) => {
      const folder = createTestFolder();
      folder.write("in.ndjson", ndjson(lines.map(toText)));
      const printed = new Set<number>();
      let code = 0;
      for (const run of [...runs, { down: "none", interruptAfter: null } as const]) {
        folder.systems.eu.fail(run.down === "eu" ? { kind: "unavailable" } : null);
        folder.systems.ru.fail(run.down === "ru" ? { kind: "unavailable" } : null);
        const answer = await runInterrupted({ folder: folder.path, after: run.interruptAfter });
        for (const { line, outcome } of answer.json()) if (outcome !== "undelivered") printed.add(Number(line));
        code = answer.code;
      }
      const expected = lines.flatMap((line, index) => (line === "blank" ? [] : [index + 1]));
      expect([...printed].toSorted((left, right) => left - right)).toEqual(expected);
      expect(code).toBe(lines.includes("bad") ? 1 : 0);
      expect(folder.systems.eu.records.decisions.size).toBe(lines.filter((line) => line === "eu").length);
      expect(folder.systems.ru.records.decisions.size).toBe(lines.filter((line) => line === "ru").length);
    }),
    { numRuns: 25 },
  );
}, 60_000);

test("a state that cannot be written ends the run with 3", async () => {
  const folder = createTestFolder();
  folder.write("in.ndjson", ndjson([submission(1)]));
  const call = ["collect", "in.ndjson", "--resume", "nowhere/state.json", "--json"];
  const answer = await runCommand({ arguments: call, folder: folder.path });
  expect(answer.code).toBe(3);
  expect(answer.stderr).toContain("the state file cannot be written");
});

test("a state that is no state is refused, never taken for an absent one", async () => {
  const folder = createTestFolder();
  folder.write("in.ndjson", ndjson([submission(1)]));
  folder.write("state.json", "{");
  const answer = await runCommand({ arguments: CALL, folder: folder.path });
  expect(answer.code).toBe(2);
  expect(answer.stderr).toContain("resumeCorrupt");
  mkdirSync(`${folder.path}/folder`);
  const withFolder = await runCommand({ arguments: ["collect", "folder"], folder: folder.path });
  expect(withFolder.code).toBe(2);
});

function toText(line: Line, index: number): unknown {
  switch (line) {
    case "eu":
      return submission(index);
    case "ru":
      return submission(index, { country: "RU" });
    case "bad":
      return "{";
    case "blank":
      return "";
  }
}

async function runInterrupted(request: { folder: string; after: number | null }): ReturnType<typeof runCommand> {
  const { folder, after } = request;
  const signals = new EventEmitter();
  let seen = 0;
  return runCommand({
    arguments: CALL,
    folder,
    signals,
    onOutput: (text) => {
      const before = seen;
      seen += text.split("\n").length - 1;
      if (after !== null && before < after && seen >= after) signals.emit("SIGINT");
    },
  });
}
