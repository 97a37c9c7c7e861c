import { setTimeout } from "node:timers/promises";
import { ndjson, submission } from "../support/submissions.ts";
import type { CommandProcess, KillWorld } from "./kill-world.ts";

/** What strikes while `volenti collect` runs: the command or the database, killed or frozen for a while. */
export const KILL_KINDS = ["killCommand", "killDatabase", "freeze"] as const;
export type KillKind = (typeof KILL_KINDS)[number];

const PEOPLE_A_FILE = 150;
const LINES_A_FILE = PEOPLE_A_FILE * 2;
/** No run may be silent for longer, whatever struck it. A busy machine only makes it slow. */
const LONGEST_SILENCE_IN_MS = 60_000;
/**
 * What a call may take where the database is struck: less than the longest freeze. A run in which nothing of the database's
 * is struck has the store's own limit, or a busy machine were told of as an outage.
 */
const STRUCK_LIMIT = { timeoutInMs: 1500 };

export interface KillReport {
  readonly strikes: number;
  readonly files: number;
  /** Decisions that the command said were delivered. */
  readonly acknowledged: number;
}

/**
 * Strikes so many times, each time in a run of its own over one file, which goes on where the last one ended; a file that is
 * done is checked against the store, and the next begins. Throws at the first thing that does not hold.
 */
export async function runKillRounds(request: { world: KillWorld; kind: KillKind; rounds: number; random: () => number; firstFile: number }): Promise<KillReport> {
  const { world, kind, rounds, random, firstFile } = request;
  let strikes = 0;
  let files = 0;
  let acknowledged = 0;
  while (strikes < rounds) {
    const file = firstFile + files;
    await world.write({ name: `${file}.ndjson`, text: fileText(file) });
    const seen: Seen = { hashes: new Map(), lines: new Set() };
    for (let isDone = false; !isDone; ) {
      const isStruck = strikes < rounds;
      const isLimited = isStruck && kind !== "killCommand";
      const run = world.start(["collect", `${file}.ndjson`, "--resume", `${file}.json`, "--json", "--batch-size", "10"], isLimited ? STRUCK_LIMIT : undefined);
      if (isStruck) await STRIKES[kind]({ world, run, random });
      const { code, signal } = await endOf(run);
      read({ run, seen });
      isDone = code === 0;
      strikes += isStruck ? 1 : 0;
      const mayEnd = code === 0 || (isStruck && (kind === "killCommand" ? signal === "SIGKILL" : code === 3));
      if (!mayEnd) throw new Error(`a run that was ${isStruck ? "" : "not "}struck ended with ${code ?? signal ?? "nothing"}: ${codesOf(run).join(", ")}`);
      // Before the next run, which says again what this one may have lost.
      checkAcknowledged({ stored: await readStored(world), seen, file });
    }
    await checkFile({ world, file, seen });
    acknowledged += seen.hashes.size;
    files += 1;
  }
  return { strikes, files, acknowledged };
}

interface Seen {
  /** By the decision's id. */
  readonly hashes: Map<string, string>;
  readonly lines: Set<number>;
}

interface Strike {
  readonly world: KillWorld;
  readonly run: CommandProcess;
  readonly random: () => number;
}

const STRIKES: Readonly<Record<KillKind, (strike: Strike) => Promise<void>>> = {
  killCommand: async ({ run, random }) => {
    await reachMoment({ run, random });
    run.child.kill("SIGKILL");
  },
  killDatabase: async ({ world, run, random }) => {
    await reachMoment({ run, random });
    await world.server.kill();
    await setTimeout(random() * 300);
    await world.server.restart();
  },
  freeze: async ({ world, run, random }) => {
    await reachMoment({ run, random });
    const isDatabase = random() < 0.5;
    // Some longer than the store's time limit.
    const durationInMs = random() < 0.2 ? 2500 : random() * 500;
    if (isDatabase) await world.server.freeze();
    else run.child.kill("SIGSTOP");
    await setTimeout(durationInMs);
    if (isDatabase) await world.server.thaw();
    else run.child.kill("SIGCONT");
  },
};

/** Some moment of a run: while it starts, or a little after any of its lines. */
async function reachMoment({ run, random }: Pick<Strike, "run" | "random">): Promise<void> {
  if (random() < 0.2) return setTimeout(random() * 1500);
  await run.reachLine(1 + Math.floor(random() * LINES_A_FILE * 0.6));
  await setTimeout(random() * 20);
}

async function endOf(run: CommandProcess): Promise<Awaited<CommandProcess["ended"]>> {
  for (let lines = -1; lines < run.lines.length; ) {
    lines = run.lines.length;
    const limit = new AbortController();
    const late = setTimeout(LONGEST_SILENCE_IN_MS, null, { signal: limit.signal }).catch(() => null);
    const answer = await Promise.race([run.ended, late]);
    limit.abort();
    if (answer !== null) return answer;
  }
  run.child.kill("SIGKILL");
  throw new Error(`a run was silent for a minute after ${run.lines.length} lines`);
}

interface ResultLine {
  readonly line: number;
  readonly outcome: string;
  readonly decisions: readonly { readonly id: string; readonly hash: string }[];
}

/** What was said to be delivered stays so: the same decision, said again, has the same hash. */
function read(request: { run: CommandProcess; seen: Seen }): void {
  const { run, seen } = request;
  for (const text of run.lines) {
    const { line, outcome, decisions } = JSON.parse(text) as ResultLine;
    if (outcome === "undelivered") continue;
    if (outcome !== "delivered") throw new Error(`line ${line} was ${outcome}`);
    seen.lines.add(line);
    for (const { id, hash } of decisions) {
      if ((seen.hashes.get(id) ?? hash) !== hash) throw new Error(`the decision of line ${line} has two hashes`);
      seen.hashes.set(id, hash);
    }
  }
}

/** Of what was not delivered, each once. */
function codesOf(run: CommandProcess): readonly string[] {
  return [...new Set(run.lines.flatMap((line) => [...line.matchAll(/"code":"([A-Za-z]+)"/g)].map(([, code = ""]) => code)))];
}

/** Every decision with its hash, each as often as it is there. */
function readStored(world: KillWorld): Promise<readonly string[]> {
  return world.query("select decision_id || ' ' || hash from volenti.decision_v1");
}

function checkAcknowledged(request: { stored: readonly string[]; seen: Seen; file: number }): void {
  const { seen, file } = request;
  const stored = new Set(request.stored);
  const lost = [...seen.hashes].filter(([id, hash]) => !stored.has(`${id} ${hash}`)).length;
  if (lost > 0) throw new Error(`${lost} acknowledged decisions are not stored, in file ${file}`);
}

async function checkFile(request: { world: KillWorld; file: number; seen: Seen }): Promise<void> {
  const { world, file, seen } = request;
  const people = PEOPLE_A_FILE * (file + 1);
  const stored = await readStored(world);
  const known = new Set(stored);
  const expectations: readonly (readonly [what: string, actual: number, expected: number])[] = [
    ["lines, each told of", seen.lines.size, LINES_A_FILE],
    ["decisions", stored.length, people * 2],
    ["decisions, each once", known.size, people * 2],
    ["people", Number((await world.query("select count(distinct subject_ref) from volenti.decision_v1"))[0]), people],
    ["people whose refusal stands", Number((await world.query("select count(*) from volenti.consent_state_v1 where channel = 'email' and state = 'refused'"))[0]), people],
  ];
  for (const [what, actual, expected] of expectations) {
    if (actual !== expected) throw new Error(`${what}: ${actual} instead of ${expected}, after file ${file}`);
  }
  const { code } = await endOf(world.start(["verify", "--destination", "eu", "--json"]));
  if (code !== 0) throw new Error(`verify ended with ${code ?? "nothing"}, after file ${file}`);
}

/** People who say yes, and people who said no since, in an order in which the yes comes last for half of them. */
function fileText(file: number): string {
  const lines = Array.from({ length: PEOPLE_A_FILE }, (_, index) => {
    const number = file * PEOPLE_A_FILE + index;
    const given = submission(number);
    const [decision] = given["decisions"] as Record<string, unknown>[];
    const withdrawn = { ...submission(1_000_000 + number), subject: given["subject"], profile: undefined, occurredAt: "2026-11-02T10:15:00.000Z", decisions: [{ ...decision, status: "withdrawn" }] };
    return index % 2 === 0 ? [given, withdrawn] : [withdrawn, given];
  });
  return ndjson([...lines.map(([first]) => first), ...lines.map(([, second]) => second)]);
}

/** Numbers from 0 to 1 that a seed gives again (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
