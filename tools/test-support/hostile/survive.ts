import { findMarker } from "./marker.ts";

const MOST_CPU_IN_MS = 100;
const MEASUREMENTS = 4;
// What the yardstick costs where nothing else runs. Beside other work the same instructions cost more of the processor:
// caches and the two halves of a core are shared.
const YARDSTICK_IN_MS = 12;
const PROTOTYPES = [Object.prototype, Array.prototype, Function.prototype, String.prototype, Promise.prototype, Map.prototype, Error.prototype];
const UNTOUCHED = describePrototypes();

/** Of a case that its subject may refuse: its answer, or the error that it refused with. */
export interface Survived<Answer> {
  /** Null where it refused. */
  readonly answer: Answer | null;
  readonly error: unknown;
}

/**
 * Runs one hostile case, and throws where its subject crashed (an error without a code of ours), hung (more than 100 ms of
 * the processor in each of four runs: one alone may have met the collector of garbage; more on a machine that is slow or
 * busy, by as much as a fixed piece of work costs more there), touched a prototype, or showed the
 * marker in an error. `isOurs`: whether an error is one that the subject is documented to throw. `mayName`: where the input
 * is the brand's own text, whose names an error may repeat.
 */
export async function survive<Answer>(request: {
  run: () => Answer;
  isOurs: (error: unknown) => boolean;
  mayName?: boolean;
}): Promise<Survived<Awaited<Answer>>> {
  const { run, isOurs, mayName = false } = request;
  let hangsForInMs: number | null = null;
  let survived: Survived<Awaited<Answer>> = { answer: null, error: null };
  for (let measurement = 0; measurement < MEASUREMENTS; measurement += 1) {
    const { cost, result } = await measure(() => settle(run));
    survived = result;
    hangsForInMs = cost > MOST_CPU_IN_MS && cost > MOST_CPU_IN_MS * (await findSlowness()) ? cost : null;
    if (hangsForInMs === null) break;
  }
  const { error } = survived;
  if (describePrototypes() !== UNTOUCHED) throw new Error("a prototype was touched");
  if (hangsForInMs !== null) throw new Error(`the case took ${Math.round(hangsForInMs)} ms of the processor`);
  if (error !== null && !isOurs(error)) throw new Error("the case crashed", { cause: error });
  const place = mayName ? null : findMarker(error);
  if (place !== null) throw new Error(`the error shows a value at ${place}`);
  return survived;
}

/** How often a fuzz test runs a property: VOLENTI_FUZZ_FACTOR times as often as in the usual run. */
export function fuzzRuns(usual: number): number {
  return usual * Math.max(1, Number(process.env["VOLENTI_FUZZ_FACTOR"] ?? 1) || 1);
}

/** What the work costs of the processor, in milliseconds. */
async function measure<Result>(work: () => Promise<Result>): Promise<{ cost: number; result: Result }> {
  const before = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  return { cost: (user + system) / 1000, result };
}

/** How many times what it costs on a quiet machine a fixed piece of work costs now; more than 1. */
async function findSlowness(): Promise<number> {
  const { cost } = await measure(async () => {
    const list = Array.from({ length: 20_000 }, (_, index) => ({ index, text: `${index}` }));
    return JSON.stringify(JSON.parse(JSON.stringify(list)));
  });
  return Math.max(1, cost / YARDSTICK_IN_MS);
}

async function settle<Answer>(run: () => Answer): Promise<Survived<Awaited<Answer>>> {
  try {
    return { answer: await run(), error: null };
  } catch (error) {
    return { answer: null, error: error ?? new Error("nothing was thrown") };
  }
}

function describePrototypes(): string {
  return PROTOTYPES.map((prototype) => Reflect.ownKeys(prototype).map(String).join(",")).join("|");
}
