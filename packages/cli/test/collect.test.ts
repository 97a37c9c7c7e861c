import { EventEmitter } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { PassThrough, Writable } from "node:stream";
import { expect, onTestFinished, test, vi } from "vitest";
import { runCommand } from "./support/run-command.ts";
import { CANARY, emailOf, ndjson, submission } from "./support/submissions.ts";
import { createTestFolder } from "./support/test-folder.ts";

test("delivers a file, prints one line a submission and exits 0", async () => {
  const folder = createTestFolder();
  folder.write("in.ndjson", ndjson([submission(1), submission(2, { country: "RU" })]));
  const answer = await runCommand({ arguments: ["collect", "in.ndjson", "--json"], folder: folder.path });
  expect(answer.stderr).toBe("");
  expect(answer.code).toBe(0);
  const [first, second] = answer.json();
  expect(Object.keys(first ?? {})).toEqual([
    "line",
    "submissionId",
    "outcome",
    "destinations",
    "withheld",
    "decisions",
    "receipt",
    "problems",
  ]);
  expect(first).toMatchObject({
    line: 1,
    outcome: "delivered",
    destinations: [{ id: "eu", outcome: "applied" }],
    withheld: [{ attribute: "birthdate", reason: "noPermittedPurpose" }],
    decisions: [{ purpose: "marketing.email", channel: "email", status: "given" }],
    problems: [],
  });
  expect(second).toMatchObject({ line: 2, outcome: "delivered", destinations: [{ id: "ru", outcome: "applied" }] });
});

test("says unchanged when a file is collected again", async () => {
  const folder = createTestFolder();
  folder.write("in.ndjson", ndjson([submission(1)]));
  await runCommand({ arguments: ["collect", "in.ndjson"], folder: folder.path });
  const again = await runCommand({ arguments: ["collect", "in.ndjson", "--json"], folder: folder.path });
  expect(again.json()).toMatchObject([{ outcome: "delivered", destinations: [{ id: "eu", outcome: "unchanged" }] }]);
  expect(again.code).toBe(0);
});

test("names physical lines, goes on after bad ones, and exits 1", async () => {
  const folder = createTestFolder();
  const lines = [submission(1), "", `{"broken": "${CANARY}`, submission(2, { country: "JP" }), submission(3)];
  const answer = await runCommand({ arguments: ["collect", "-", "--json"], folder: folder.path, input: ndjson(lines) });
  expect(answer.code).toBe(1);
  expect(answer.json()).toMatchObject([
    { line: 1, outcome: "delivered" },
    { line: 3, outcome: "rejected", submissionId: null, receipt: null, problems: [{ path: "", code: "malformedJson" }] },
    { line: 4, outcome: "rejected", problems: [{ code: "noRoute" }] },
    { line: 5, outcome: "delivered" },
  ]);
  expect(answer.stdout + answer.stderr).not.toContain(CANARY);
});

test("exits 3 when a destination is down, also when something was rejected", async () => {
  const folder = createTestFolder();
  folder.systems.eu.fail({ kind: "unavailable" });
  const answer = await runCommand({
    arguments: ["collect", "-", "--json"],
    folder: folder.path,
    input: ndjson([submission(1), "{", submission(2, { country: "RU" })]),
  });
  expect(answer.code).toBe(3);
  expect(answer.json()).toMatchObject([
    { line: 1, outcome: "undelivered", receipt: null },
    { line: 2, outcome: "rejected" },
    { line: 3, outcome: "delivered", destinations: [{ id: "ru", outcome: "applied" }] },
  ]);
  expect(answer.stdout + answer.stderr).not.toContain(CANARY);
});

test("sums up for people: outcomes, destinations, what was withheld and which lines are wrong", async () => {
  const folder = createTestFolder();
  const input = ndjson([submission(1), "", "{", submission(2, { colour: CANARY })]);
  const answer = await runCommand({ arguments: ["collect", "-"], folder: folder.path, input });
  expect(answer.code).toBe(1);
  expect(answer.stdout).toMatch(/delivered\s+│ 1/);
  expect(answer.stdout).toMatch(/eu\s+│ applied\s+│ 1/);
  expect(answer.stdout).toMatch(/birthdate\s+│ 1/);
  expect(answer.stdout).toMatch(/malformedJson\s+│ 1\s+│ 3/);
  expect(answer.stdout).toMatch(/unknownKey\s+│ 1\s+│ 4/);
  expect(answer.stdout + answer.stderr).not.toContain(CANARY);
});

test("shows a progress bar only where standard error is a terminal", async () => {
  const folder = createTestFolder();
  folder.write("in.ndjson", ndjson([submission(1)]));
  const piped = await runCommand({ arguments: ["collect", "in.ndjson"], folder: folder.path });
  const terminal = await runCommand({ arguments: ["collect", "in.ndjson", "--json"], folder: folder.path, isTerminal: true });
  expect(piped.stderr).toBe("");
  expect(terminal.stderr).toContain("collecting");
  expect(terminal.json()).toHaveLength(1);
});

test("a dry run shows the route and what would be withheld, and leaves nothing behind", async () => {
  const folder = createTestFolder();
  folder.systems.eu.fail({ kind: "unavailable" });
  folder.write("in.ndjson", ndjson([submission(1), submission(2, { country: "JP" })]));
  const answer = await runCommand({ arguments: ["collect", "in.ndjson", "--dry-run", "--json"], folder: folder.path });
  expect(answer.code).toBe(1);
  expect(answer.json()).toMatchObject([
    { line: 1, outcome: "wouldDeliver", route: [{ destinationId: "eu" }], withheld: [{ attribute: "birthdate" }] },
    { line: 2, outcome: "rejected", problems: [{ code: "noRoute" }] },
  ]);
  expect(existsSync(`${folder.path}/volenti.lock.json`)).toBe(false);
  expect(existsSync(`${folder.path}/keys`)).toBe(false);
  expect(folder.systems.eu.countConnections()).toBe(0);
});

test("resumes behind the settled lines, tries an undelivered one again, and counts the whole file", async () => {
  const folder = createTestFolder();
  folder.systems.eu.fail({ kind: "unavailable" });
  const lines = [submission(1, { country: "RU" }), "{", submission(2), submission(3, { country: "RU" })];
  folder.write("in.ndjson", ndjson(lines));
  const call = { arguments: ["collect", "in.ndjson", "--resume", "state.json", "--json"], folder: folder.path };
  const first = await runCommand(call);
  expect(first.code).toBe(3);
  folder.systems.eu.fail(null);
  const second = await runCommand(call);
  expect(second.json().map(({ line }) => line)).toEqual([3, 4]);
  expect(second.json()[1]).toMatchObject({ destinations: [{ id: "ru", outcome: "unchanged" }] });
  // Line 2 was rejected in the first run: the exit code is about the file.
  expect(second.code).toBe(1);
  const third = await runCommand(call);
  expect(third.stdout).toBe("");
  expect(third.code).toBe(1);
});

test("refuses the state of another file", async () => {
  const folder = createTestFolder();
  folder.write("in.ndjson", ndjson([submission(1)]));
  folder.write("other.ndjson", ndjson([submission(2), submission(3)]));
  await runCommand({ arguments: ["collect", "in.ndjson", "--resume", "state.json"], folder: folder.path });
  const answer = await runCommand({ arguments: ["collect", "other.ndjson", "--resume", "state.json"], folder: folder.path });
  expect(answer.code).toBe(2);
  expect(answer.stderr).toContain("resumeMismatch");
});

test.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)("on %s finishes what is under way, writes the state and exits %i", async (signal, code) => {
  const folder = createTestFolder();
  const lines = Array.from({ length: 400 }, (_, index) => submission(index));
  folder.write("in.ndjson", ndjson(lines));
  const signals = new EventEmitter();
  let isFirst = true;
  const onOutput = (): void => {
    if (isFirst) signals.emit(signal);
    isFirst = false;
  };
  const call = {
    arguments: ["collect", "in.ndjson", "--resume", "state.json", "--json", "--batch-size", "20"],
    folder: folder.path,
  };
  const first = await runCommand({ ...call, signals, onOutput });
  expect(first.code).toBe(code);
  const done = first.json().length;
  expect(done).toBeGreaterThan(0);
  expect(done).toBeLessThan(400);
  const second = await runCommand(call);
  expect(second.code).toBe(0);
  expect([...first.json(), ...second.json()].map(({ line }) => line)).toEqual(lines.map((_, index) => index + 1));
  expect(folder.systems.eu.records.decisions.size).toBe(400);
});

test("on a signal waits for the call under way, tries nothing again, and says so", async () => {
  const signals = new EventEmitter();
  const folder = createTestFolder({
    change: (text) =>
      text.replace("retry: { maxAttempts: 1 }", "retry: { maxAttempts: 5, baseDelayInMs: 3_600_000, maxDelayInMs: 3_600_000, totalBudgetInMs: 86_400_000 }").replace(
        'eu: createMemoryConnector({ region: "EU", system: systems.eu }),',
        `eu: { ...createMemoryConnector({ region: "EU", system: systems.eu }), intake: { write: async () => {
          const { ConnectorError } = await import("@volenti/core");
          globalThis[Symbol.for("volenti.cliTestWrites")]();
          throw new ConnectorError({ code: "timedOut", connectorId: "memory", operation: "intake.write" });
        } } },`,
      ),
  });
  let writes = 0;
  Object.assign(globalThis, {
    [Symbol.for("volenti.cliTestWrites")]: () => {
      writes += 1;
      signals.emit("SIGTERM");
    },
  });
  const answer = await runCommand({ arguments: ["collect", "-", "--json"], folder: folder.path, input: ndjson([submission(1)]), signals });
  expect([answer.code, writes]).toEqual([143, 1]);
  expect(answer.json()).toMatchObject([{ outcome: "undelivered" }]);
  expect(answer.stderr).toContain("none is tried again");
});

test("stops waiting for standard input that says nothing more, and exits at once on a second signal", async () => {
  const folder = createTestFolder();
  const signals = new EventEmitter();
  const input = new PassThrough();
  input.write(ndjson([submission(1)]));
  const onOutput = (): void => {
    signals.emit("SIGINT");
    signals.emit("SIGINT");
  };
  const answer = await runCommand({ arguments: ["collect", "-", "--json"], folder: folder.path, input, signals, onOutput });
  expect(answer.json()).toHaveLength(1);
  expect(answer.code).toBe(130);
  expect(answer.exits).toEqual([130]);
});

test.each([1, 100])("stops reading and exits 3 when its output fails, and repeats what was not printed: %i lines", async (count) => {
  const folder = createTestFolder();
  folder.write("in.ndjson", ndjson(Array.from({ length: count }, (_, index) => submission(index))));
  const stdout = new Writable({
    write: (_chunk, _encoding, done) => done(Object.assign(new Error(CANARY), { code: "EPIPE" })),
  });
  const call = ["collect", "in.ndjson", "--resume", "state.json", "--json", "--batch-size", "10"];
  const broken = await runCommand({ arguments: call, folder: folder.path, stdout });
  expect(broken.code).toBe(3);
  expect(broken.stderr).toContain("EPIPE");
  expect(broken.stderr).not.toContain(CANARY);
  const again = await runCommand({ arguments: call, folder: folder.path });
  expect(again.json().map(({ line }) => line)).toEqual(Array.from({ length: count }, (_, index) => index + 1));
});

test("listens to no signal and keeps no timer running once it has ended", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  const signals = new EventEmitter();
  const answer = await runCommand({ arguments: ["collect", "-", "--json"], folder: createTestFolder().path, input: ndjson([submission(1)]), signals });
  expect(answer.code).toBe(0);
  expect(signals.eventNames()).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});

test("whose last words cannot be written ends with 3, also where lines were rejected", async () => {
  const stdout = new Writable({ write: (_chunk, _encoding, done) => done(Object.assign(new Error(CANARY), { code: "EPIPE" })) });
  const answer = await runCommand({ arguments: ["collect", "-"], folder: createTestFolder().path, input: ndjson(["{"]), stdout });
  expect(answer.code).toBe(3);
  expect(answer.stderr).toContain("EPIPE");
});

test("waits for a slow reader of its output", async () => {
  const folder = createTestFolder();
  folder.write("in.ndjson", ndjson(Array.from({ length: 600 }, (_, index) => submission(index))));
  const waiting: (() => void)[] = [];
  let received = "";
  const stdout = new Writable({
    highWaterMark: 1,
    write: (chunk: Buffer, _encoding, done) => {
      received += chunk.toString();
      waiting.push(done);
      // The reader takes one piece a turn of the event loop, long after it was written.
      setImmediate(() => waiting.shift()?.());
    },
  });
  const answer = await runCommand({ arguments: ["collect", "in.ndjson", "--json"], folder: folder.path, stdout });
  expect(answer.code).toBe(0);
  expect(received.trim().split("\n")).toHaveLength(600);
});

test("refuses a changed meaning under an old version, and names what to raise", async () => {
  const folder = createTestFolder();
  folder.write("in.ndjson", ndjson([submission(1)]));
  await runCommand({ arguments: ["lock"], folder: folder.path });
  const configuration = readFileSync(`${folder.path}/volenti.config.mjs`, "utf8");
  folder.write("volenti.config.mjs", configuration.replace("Vos choix.", "D'autres choix."));
  const answer = await runCommand({ arguments: ["collect", "in.ndjson", "--json"], folder: folder.path });
  expect(answer.code).toBe(2);
  expect(answer.stdout).toBe("");
  expect(answer.stderr).toContain("signup@3@fr-FR");
  expect(folder.systems.eu.records.decisions.size).toBe(0);
});

test("finds the person of a collected line again, by the address on standard input", async () => {
  const folder = createTestFolder();
  await runCommand({ arguments: ["collect", "-"], folder: folder.path, input: ndjson([submission(1)]) });
  const shown = await runCommand({ arguments: ["show", "--email", "-", "--json"], folder: folder.path, input: `${emailOf(1)}\n` });
  expect(shown.code).toBe(0);
  const [view] = shown.json();
  expect(view).toMatchObject({ found: true, complete: true });
  expect(view?.["consents"]).toContainEqual(
    expect.objectContaining({
      purpose: "marketing.email",
      channel: "email",
      answer: "granted",
      decision: expect.objectContaining({ notice: { id: "signup", version: "3", locale: "fr-FR" } }),
    }),
  );
});
