import { findMarker } from "./marker.ts";

const MOST_CPU_IN_MS = 100;
const MEASUREMENTS = 4;
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
 * the processor in each of four runs: one alone may have met the collector of garbage), touched a prototype, or showed the
 * marker in an error. `isOurs`: whether an error is one that the subject is documented to throw. `mayName`: where the input
 * is the brand's own text, whose names an error may repeat.
 */
export async function survive<Answer>(request: {
  run: () => Answer;
  isOurs: (error: unknown) => boolean;
  mayName?: boolean;
}): Promise<Survived<Awaited<Answer>>> {
  const { run, isOurs, mayName = false } = request;
  let least = Number.POSITIVE_INFINITY;
  let survived: Survived<Awaited<Answer>> = { answer: null, error: null };
  for (let measurement = 0; measurement < MEASUREMENTS && least > MOST_CPU_IN_MS; measurement += 1) {
    const before = process.cpuUsage();
    survived = await settle(run);
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1000);
  }
  const { error } = survived;
  if (describePrototypes() !== UNTOUCHED) throw new Error("a prototype was touched");
  if (least > MOST_CPU_IN_MS) throw new Error(`the case took ${Math.round(least)} ms of the processor`);
  if (error !== null && !isOurs(error)) throw new Error("the case crashed", { cause: error });
  const place = mayName ? null : findMarker(error);
  if (place !== null) throw new Error(`the error shows a value at ${place}`);
  return survived;
}

/** How often a fuzz test runs a property: VOLENTI_FUZZ_FACTOR times as often as in the usual run. */
export function fuzzRuns(usual: number): number {
  return usual * Math.max(1, Number(process.env["VOLENTI_FUZZ_FACTOR"] ?? 1) || 1);
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
