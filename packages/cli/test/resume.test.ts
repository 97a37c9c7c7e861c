import { EventEmitter } from "node:events";
import { lstatSync, mkdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { Readable, Writable } from "node:stream";
import fc from "fast-check";
import { expect, onTestFinished, test, vi } from "vitest";
import { runCommand } from "./support/run-command.ts";
import { ndjson, submission } from "./support/submissions.ts";
import { createTestFolder } from "./support/test-folder.ts";

const CALL = ["collect", "in.ndjson", "--resume", "state.json", "--json", "--batch-size", "3"];

const STREAM_CALL = ["collect", "-", ...CALL.slice(2)];

type Line = "eu" | "ru" | "bad" | "blank";
interface Run {
  down: "eu" | "ru" | "none";
  interruptAfter: number | null;
}

test.each(["a file", "a stream that begins again"])("however often %s is interrupted and whatever is down, the last run leaves every line settled", async (source) => {
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
        const input = source === "a file" ? undefined : ndjson(lines.map(toText));
        const answer = await runInterrupted({ folder: folder.path, after: run.interruptAfter, input });
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
});

test("the state never says of a line that it is settled before the line was printed", async () => {
  const folder = createTestFolder();
  folder.write("in.ndjson", ndjson(Array.from({ length: 12 }, (_, index) => submission(index))));
  // The state is written once a second: here each look at the clock finds it later.
  let now = Date.now();
  const clock = vi.spyOn(Date, "now").mockImplementation(() => (now += 1000));
  onTestFinished(() => clock.mockRestore());
  const states: [line: number, printed: number][] = [];
  let printed = 0;
  const take = async (text: string): Promise<void> => {
    // A slow reader, slower than a state is written: until it has taken the lines, they are in the process alone.
    for (let turn = 0; turn < 5000; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    const { line } = JSON.parse(readFileSync(`${folder.path}/state.json`, "utf8")) as { line: number };
    states.push([line, printed]);
    printed += text.split("\n").length - 1;
  };
  const stdout = new Writable({ write: (chunk: Buffer, _encoding, done) => void take(chunk.toString()).then(() => done(), done) });
  expect((await runCommand({ arguments: CALL, folder: folder.path, stdout })).code).toBe(0);
  expect(printed).toBe(12);
  expect(states.filter(([line, before]) => line > before)).toEqual([]);
  expect(states.at(-1)?.[0]).toBeGreaterThan(0);
});

test("a state that cannot be written is noticed before anything is sent", async () => {
  const folder = createTestFolder();
  folder.write("in.ndjson", ndjson([submission(1)]));
  const call = ["collect", "in.ndjson", "--resume", "nowhere/state.json", "--json"];
  const answer = await runCommand({ arguments: call, folder: folder.path });
  expect([answer.code, answer.stdout]).toEqual([2, ""]);
  expect(answer.stderr).toContain("stateUnwritable");
  expect(folder.systems.eu.records.decisions.size).toBe(0);
});

test("a state that can no longer be written ends the run with 3", async () => {
  const folder = createTestFolder();
  mkdirSync(`${folder.path}/states`);
  folder.write("in.ndjson", ndjson([submission(1)]));
  const call = ["collect", "in.ndjson", "--resume", "states/state.json", "--json"];
  const onOutput = (): void => rmSync(`${folder.path}/states`, { recursive: true });
  const answer = await runCommand({ arguments: call, folder: folder.path, onOutput });
  expect(answer.code).toBe(3);
  expect(answer.stderr).toContain("the state file cannot be written");
});

test("a state behind a symbolic link stays behind it, also where the link leads to nothing yet", async () => {
  const folder = createTestFolder();
  mkdirSync(`${folder.path}/states`);
  symlinkSync("states/of-today.json", `${folder.path}/state.json`);
  folder.write("in.ndjson", ndjson([submission(1)]));
  for (const lines of [1, 0]) {
    const answer = await runCommand({ arguments: CALL, folder: folder.path });
    expect([answer.code, answer.json().length]).toEqual([0, lines]);
    expect(lstatSync(`${folder.path}/state.json`).isSymbolicLink()).toBe(true);
  }
  expect(JSON.parse(readFileSync(`${folder.path}/states/of-today.json`, "utf8"))).toMatchObject({ line: 1 });
});

test("a file that was changed is told as such, and not as a configuration", async () => {
  const folder = createTestFolder();
  folder.write("in.ndjson", ndjson([submission(1)]));
  await runCommand({ arguments: CALL, folder: folder.path });
  folder.write("in.ndjson", ndjson([submission(2)]));
  const answer = await runCommand({ arguments: CALL, folder: folder.path });
  expect([answer.code, answer.stdout]).toEqual([2, ""]);
  expect(answer.stderr).toMatch(/about another file.*start afresh \(resumeMismatch\)/);
  expect(answer.stderr).not.toContain("configuration");
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

test("a stream is passed over as far as it was dealt with, and the state is then about all of it", async () => {
  const folder = createTestFolder();
  const input = ndjson([1, 2, 3, 4].map((number) => submission(number)));
  await runCommand({ arguments: STREAM_CALL, folder: folder.path, input: ndjson([submission(1), submission(2)]) });
  const resumed = await runCommand({ arguments: STREAM_CALL, folder: folder.path, input: Readable.from(bytesOf(input)) });
  expect(resumed.json().map(({ line, outcome }) => [line, outcome])).toEqual([[3, "delivered"], [4, "delivered"]]);
  folder.write("in.ndjson", input);
  const asFile = await runCommand({ arguments: CALL, folder: folder.path });
  expect([asFile.code, asFile.stdout]).toEqual([0, ""]);
});

test.each([
  ["begins otherwise", [submission(9), submission(2), submission(3)]],
  ["ends before the place", [submission(1)]],
])("a stream that %s is another one: exit 2, and nothing is sent", async (_how, lines) => {
  const folder = createTestFolder();
  await runCommand({ arguments: STREAM_CALL, folder: folder.path, input: ndjson([submission(1), submission(2)]) });
  const calls = folder.systems.eu.countCalls();
  const other = await runCommand({ arguments: STREAM_CALL, folder: folder.path, input: ndjson(lines) });
  expect([other.code, other.stdout]).toEqual([2, ""]);
  expect(other.stderr).toContain("resumeMismatch");
  expect(folder.systems.eu.countCalls()).toBe(calls);
});

test("an interruption ends the wait for a stream that has not come to the place yet, and keeps the state", async () => {
  const folder = createTestFolder();
  const lines = [submission(1), submission(2)];
  await runCommand({ arguments: STREAM_CALL, folder: folder.path, input: ndjson(lines) });
  const state = readFileSync(`${folder.path}/state.json`, "utf8");
  const signals = new EventEmitter();
  let isAsked = false;
  const input = new Readable({
    read() {
      if (!isAsked) this.push(Buffer.from(ndjson(lines).slice(0, 20)));
      else signals.emit("SIGTERM");
      isAsked = true;
    },
  });
  const answer = await runCommand({ arguments: STREAM_CALL, folder: folder.path, input, signals });
  expect([answer.code, answer.stdout]).toEqual([143, ""]);
  expect(readFileSync(`${folder.path}/state.json`, "utf8")).toBe(state);
});

function* bytesOf(text: string): Generator<Buffer> {
  for (const byte of Buffer.from(text)) yield Buffer.of(byte);
}

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

async function runInterrupted(request: { folder: string; after: number | null; input?: string | undefined }): ReturnType<typeof runCommand> {
  const { folder, after, input } = request;
  const signals = new EventEmitter();
  let seen = 0;
  return runCommand({
    arguments: input === undefined ? CALL : STREAM_CALL,
    folder,
    signals,
    ...(input === undefined ? {} : { input }),
    onOutput: (text) => {
      const before = seen;
      seen += text.split("\n").length - 1;
      if (after !== null && before < after && seen >= after) signals.emit("SIGINT");
    },
  });
}
