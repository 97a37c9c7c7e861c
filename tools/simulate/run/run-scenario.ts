import type { SubmissionResult } from "@volenti/core";
import { checkEnd } from "../check/check-end.ts";
import { checkReceipts } from "../check/check-receipts.ts";
import { watchTelling, type TellingWatch } from "../check/check-told.ts";
import type { Finding } from "../check/verdict.ts";
import { watchBorders } from "../check/watch-borders.ts";
import { watchSystems } from "../check/watch-systems.ts";
import { createNetwork, type Wiretap } from "../network/create-network.ts";
import { createFates } from "../network/draw-fate.ts";
import { createProcess } from "../network/process.ts";
import { createAccount, type Account } from "../report/create-account.ts";
import { RUN_STARTS_AT } from "../scenario/draw-submission.ts";
import type { Scenario } from "../scenario/scenario.ts";
import type { Random } from "../support/create-random.ts";
import { createSchedule, StuckError, type Schedule } from "../support/create-schedule.ts";
import { replaceTimers } from "../support/replace-timers.ts";
import type { CrmKind } from "../world/crm.ts";
import { openWorld, type Plant, type World } from "../world/open-world.ts";
import { writeAll } from "./write-all.ts";

export interface Outcome {
  /** In the order in which they were found; empty where every promise was kept. */
  readonly findings: readonly Finding[];
  /** What happened, a line an event, in order. */
  readonly account: readonly string[];
  /** Exchanges of each writer's first process. */
  readonly exchanges: readonly number[];
  readonly faults: number;
}

/** Rounds of the event loop until everybody has finished thinking: streams and parsers take some. */
const TURNS: Readonly<Record<CrmKind, number>> = { memory: 1, salesforce: 12, "cegid-retail": 12 };
const TURNS_WITH_STORE = 12;
const RESTART_AFTER_IN_MS = 30_000;

/** Plays one scenario from the first submission until nothing is under way any more, and says which promises were broken. */
export async function runScenario(request: { scenario: Scenario; random: Random; plant?: Plant | undefined }): Promise<Outcome> {
  const { scenario, random, plant } = request;
  const findings: Finding[] = [];
  const schedule = createSchedule({ startAt: RUN_STARTS_AT, random: random.fork("schedule"), turns: scenario.store === null ? TURNS[scenario.crm] : TURNS_WITH_STORE });
  const account = createAccount(() => schedule.now());
  const report = (finding: Finding): void => {
    account.note(`BROKEN ${finding.breach}: ${finding.about}`);
    findings.push(finding);
  };
  const fates = createFates({ random: random.fork("fates"), faults: scenario.faults, now: () => schedule.now() });
  const wiretap: { current: Wiretap | null } = { current: null };
  const network = createNetwork({ schedule, random: random.fork("network"), fates, wiretap: relay(wiretap) });
  const world = await openWorld({ schedule, network, random: random.fork("world"), crm: scenario.crm, store: scenario.store, plant });
  const restoreTimers = replaceTimers(schedule);
  wiretap.current = listen({ scenario, world, report, account });
  const telling = watchTelling({ scenario, systems: world.systems, report });
  const results: SubmissionResult[] = [];
  const exchanges: number[] = scenario.writers.map(() => 0);
  const writers = scenario.writers.map((_, writer) => runWriter({ scenario, writer, world, schedule, telling, account, results, exchanges }));
  try {
    const left = await schedule.passUntil(Promise.all(writers));
    await schedule.drain();
    for (const about of left.flat()) report({ breach: "neverSettled", about });
    if (left.flat().length === 0) checkEnd({ scenario, systems: world.systems, report });
  } catch (error) {
    report({ breach: "neverSettled", about: error instanceof StuckError ? error.message : describe(error) });
  } finally {
    restoreTimers();
    world.close();
  }
  await checkReceipts({ results, publicKeys: world.keyring.publicKeys, report });
  return { findings, account: account.lines(), exchanges, faults: fates.count() };
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : "something was thrown that is no error";
}

/** The network is made before the world that it is listened to for. */
function relay(wiretap: { readonly current: Wiretap | null }): Wiretap {
  return {
    leaves: (exchange) => wiretap.current?.leaves(exchange),
    carriedOut: (exchange) => wiretap.current?.carriedOut(exchange),
    acknowledged: (exchange) => wiretap.current?.acknowledged(exchange),
  };
}

function listen(request: { scenario: Scenario; world: World; report: (finding: Finding) => void; account: Account }): Wiretap {
  const { scenario, world: { systems }, report, account } = request;
  const watch = watchSystems({ systems, report });
  const borders = watchBorders({ scenario, systems, report });
  return {
    leaves: ({ process, destinationId, sent, acknowledges, fate }) => {
      account.note(`${process.name} → ${destinationId} (${fate}) ${account.shorten(sent)}`);
      borders.leaves({ processName: process.name, destinationId, sent, acknowledges });
    },
    carriedOut: ({ destinationId, sent }) => {
      account.note(`${destinationId} carried out ${account.shorten(sent)}`);
      watch.look(destinationId);
    },
    acknowledged: ({ process, destinationId, sent, acknowledges }) => {
      account.note(`${process.name} ← ${destinationId} ${account.shorten(sent)}`);
      borders.acknowledged({ processName: process.name, destinationId, sent, acknowledges });
    },
  };
}

interface WriterRequest {
  readonly scenario: Scenario;
  readonly writer: number;
  readonly world: World;
  readonly schedule: Schedule;
  readonly telling: TellingWatch;
  readonly account: Account;
  readonly results: SubmissionResult[];
  readonly exchanges: number[];
}

/** One writer through all its processes: whoever dies is started again with what was not acknowledged. Answers what never got through. */
async function runWriter(request: WriterRequest): Promise<readonly string[]> {
  const { scenario, writer, world, schedule, telling, account, results, exchanges } = request;
  const drawn = scenario.writers[writer];
  if (drawn === undefined) return [];
  const open = new Set(drawn.submissions);
  for (let life = 1; life <= 2 && open.size > 0; life += 1) {
    const process = createProcess(`${"AB".charAt(writer)}${life}`);
    const volenti = world.open({ process, writer, isRestarted: life > 1, skewInMs: drawn.skewInMs });
    account.note(`${process.name} starts with ${open.size} submissions`);
    const onResult: Parameters<typeof writeAll>[0]["onResult"] = ({ submission, result }) => {
      results.push(result);
      account.note(`${process.name} is told ${result.outcome} of #${submission.number}: ${result.destinations.map(({ id, outcome }) => `${id} ${outcome}`).join(", ")}`);
    };
    await Promise.race([writeAll({ process, volenti, writer: drawn, open, telling, schedule, onResult }), process.death]);
    if (life === 1) exchanges[writer] = process.exchanges();
    if (process.isAlive()) continue;
    account.note(`${process.name} is dead`);
    await new Promise<void>((resolve) => void schedule.after({ delayInMs: RESTART_AFTER_IN_MS, run: resolve }));
  }
  return [...open].map(({ number, submissionId }) => `#${number} ${submissionId} was never acknowledged`);
}
