import { rmSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { findMarker, MARKER } from "../../../tools/test-support/hostile/marker.ts";
import { fuzzRuns } from "../../../tools/test-support/hostile/survive.ts";
import { FAILURES, mend, OF_A_REAL_STORE } from "./support/canary-failures.ts";
import { DIGITS, emailOf, FLOWS, keep, MAP, NOTHING_KEPT, otherOf, OWN_FILES, person, TABLE, wordsOf, type Flow, type Kept } from "./support/canary-flows.ts";
import { openCanaryWorld, observedEvents, revealingFiles, type CanaryWorld } from "./support/canary-world.ts";
import { listCommands } from "./support/list-commands.ts";
import { runCommand, type CommandAnswer } from "./support/run-command.ts";
import { ndjson } from "./support/submissions.ts";
import { createTestFolder } from "./support/test-folder.ts";

vi.setConfig({ testTimeout: fuzzRuns(400_000) });

/** Flows enough for a system that is waited for in vain, call by call. */
const WAITING: ReadonlySet<string> = new Set(["collect --json", "show"]);
/** What meets a failure of each system in the usual run; VOLENTI_FUZZ_FACTOR=2 lets every flow meet every failure. */
const USUAL: ReadonlySet<string> = new Set([...WAITING, "doctor", "erase", "collect with a state", "export", "rectify", "object", "import", "link", "verify", "merge", "changes of the org", "changes of the tills", "optout", "checkpoint"]);

/** Commands that hold nobody: an emulator is the tests' own, and says nothing but where it listens. */
const WITHOUT_PEOPLE: ReadonlySet<string> = new Set(["emulate"]);

function meets(request: { failure: string; name: string }): boolean {
  const { failure, name } = request;
  if (failure === "nothing fails") return true;
  return failure.endsWith("does not answer") ? WAITING.has(name) : fuzzRuns(1) > 1 || USUAL.has(name);
}

let world: CanaryWorld;
const printed: string[] = [];
const logged: unknown[] = [];
/** A test runner's console writes to no stream of the process. */
const CONSOLE = ["debug", "dir", "error", "info", "log", "table", "trace", "warn"] as const;
beforeAll(async () => {
  world = await openCanaryWorld();
  vi.stubEnv("TMPDIR", `${world.folder.path}/tmp`);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await world?.close();
});
beforeEach(() => {
  printed.length = 0;
  logged.length = 0;
  // What passes by the command's own streams.
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, "write").mockImplementation((chunk) => printed.push(String(chunk)) > 0);
  }
  for (const method of CONSOLE) vi.spyOn(globalThis.console, method).mockImplementation((...values: unknown[]) => void logged.push(values));
  vi.spyOn(process, "emitWarning").mockImplementation((...values: unknown[]) => void logged.push(values));
  return () => vi.restoreAllMocks();
});

async function runFlow(request: { world: CanaryWorld; flow: Flow; number: number; kept: Kept }): Promise<CommandAnswer> {
  const { folder } = request.world;
  const { flow, number, kept } = request;
  rmSync(`${folder.path}/answer.json`, { force: true });
  folder.write("table.json", JSON.stringify(TABLE));
  folder.write("in.ndjson", ndjson([person(number)]));
  folder.write("patch.json", JSON.stringify({ familyName: `${MARKER}2`, birthdate: "1987-03-29" }));
  folder.write("list.csv", `email;name\r\n${emailOf(number)};${MARKER}\r\n${MARKER};${MARKER}\r\n`);
  folder.write("map.json", JSON.stringify(MAP));
  return runCommand({ arguments: wordsOf({ flow, kept }), folder: folder.path, input: (flow.input ?? emailOf)(number, kept) });
}

/** Where a canary got out; empty where nowhere. */
function leaksOf(request: { answer: CommandAnswer; flow: Flow; path: string; requests?: readonly string[] }): readonly string[] {
  const { answer, flow, path, requests = [] } = request;
  const shown = { stderr: answer.stderr, process: printed, console: logged, title: [process.title, ...process.argv], events: observedEvents(), requests, ...(flow.prints === true ? {} : { stdout: answer.stdout }) };
  const spoken = Object.entries(shown).flatMap(([name, value]) => (findMarker(value, DIGITS) === null ? [] : [name]));
  return [...spoken, ...revealingFiles({ path, except: OWN_FILES, needles: DIGITS })];
}

// One test, for the systems and what they hold outlive each failure; a person a failure.
test("whatever fails, no flow shows a value of anybody where it does not have to", async () => {
  const leaks: Record<string, readonly string[]> = {};
  const codes: Record<string, Record<string, number>> = {};
  const troubles: string[] = [];
  for (const [number, [failure, fail]] of Object.entries(FAILURES).entries()) {
    const people = [person(number), person(otherOf(number))];
    await runCommand({ arguments: ["collect", "-"], folder: world.folder.path, input: ndjson(people) });
    await fail(world, number);
    const ended: Record<string, number> = (codes[failure] = {});
    let kept = NOTHING_KEPT;
    for (const [name, flow] of Object.entries(FLOWS)) {
      if (!meets({ failure, name })) continue;
      const heard = world.listRequests().length;
      const answer = await runFlow({ world, flow, number, kept });
      kept = keep({ kept, stdout: answer.stdout });
      ended[name] = answer.code;
      if (number === 0 && answer.code > 1 && flow.isMistaken !== true && name !== "show of nobody") troubles.push(`${name}: ${answer.stderr}${flow.prints === true ? "" : answer.stdout}`);
      const found = leaksOf({ answer, flow, path: world.folder.path, requests: world.listRequests().slice(heard) });
      if (found.length > 0) leaks[`${failure}: ${name}`] = found;
      if (name === "show" && number === 0) expect(findMarker(answer.stdout)).not.toBeNull();
    }
    await mend(world);
  }
  expect(leaks).toEqual({});
  // Flows that all end at once would show nothing, and prove nothing.
  const { "nothing fails": usual = {}, ...others } = codes;
  expect(troubles).toEqual([]);
  const unnoticed = Object.entries(others).filter(([failure, ended]) => (world.database !== null || !OF_A_REAL_STORE.has(failure)) && Object.entries(ended).every(([name, code]) => code === usual[name]));
  expect(unnoticed.map(([failure]) => failure)).toEqual([]);
});

test("a canary that gets out is found, however it is dressed", async () => {
  const folder = createTestFolder({
    change: (text) =>
      `import { appendFileSync } from "node:fs";\n${text.replace(
        'eu: createMemoryConnector({ region: "EU", system: systems.eu }),',
        `eu: (() => {
          const connector = createMemoryConnector({ region: "EU", system: systems.eu });
          const write = (batch) => {
            const { value } = batch.items[0].subject.identifiers[0];
            appendFileSync(new URL("cache.bin", import.meta.url), Buffer.from(JSON.stringify(batch.items)).toString("base64"));
            process.stderr.write(encodeURIComponent(value.toUpperCase()));
            console.warn("a write", { of: value });
            return connector.intake.write(batch);
          };
          return { ...connector, intake: { write } };
        })(),`,
      )}`,
  });
  const answer = await runCommand({ arguments: ["collect", "-"], folder: folder.path, input: ndjson([person(99)]) });
  expect(answer.code).toBe(0);
  expect(leaksOf({ answer, flow: { arguments: [] }, path: folder.path })).toEqual(["process", "console", `${folder.path}/cache.bin`]);
});

test("every command has a flow here", () => {
  const names = new Set(Object.values(FLOWS).map((flow) => wordsOf({ flow, kept: NOTHING_KEPT })[0]));
  expect(listCommands().map((command) => command.name()).filter((name) => !names.has(name) && !WITHOUT_PEOPLE.has(name))).toEqual([]);
});
