import { access } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import type { ErasureLog } from "@volenti/core";
import { createGovernance, type ErasureReport } from "@volenti/governance";
import { fileErasureLog } from "@volenti/node";
import type { CommandContext } from "../command-context.ts";
import { EXIT_CODE, type ExitCode } from "../exit-code.ts";
import { withVolenti, type OpenVolenti } from "../open-volenti.ts";
import { namesPerson, readPerson, type PersonOptions } from "../person/person-options.ts";
import { writeErasureReport } from "../person/write-erasure-report.ts";
import { writeReplay } from "../person/write-replay.ts";
import { UsageError } from "../usage-error.ts";

/** Where erasures are written down when nobody says where, beside the configuration. */
const DEFAULT_LOG = join(".volenti", "erasures.ndjson");

export type EraseOptions = PersonOptions & {
  readonly test?: boolean;
  /** Path of an erasure log, as given. */
  readonly replay?: string;
  readonly log?: string;
};

type EraseCall = { readonly context: CommandContext; readonly options: EraseOptions };

/** `volenti erase --KIND VALUE|-`, `volenti erase --test` and `volenti erase --replay LOG`. */
export function eraseCommand(request: EraseCall): Promise<ExitCode> {
  const { context, options } = request;
  refuseContradictions(options);
  return withVolenti({ context }, (open) => {
    if (options.replay !== undefined) return replay({ context, open, file: options.replay });
    return options.test === true ? eraseTest({ context, open }) : erasePerson({ ...request, open });
  });
}

function refuseContradictions(options: EraseOptions): void {
  const ways = [options.test === true, options.replay !== undefined, namesPerson(options)].filter(Boolean).length;
  const isLogIdle = options.log !== undefined && (options.test === true || options.replay !== undefined);
  if (ways < 2 && !isLogIdle) return;
  const sentence = "a person, --test and --replay go each alone, and --log with a person only";
  throw new UsageError({ code: "contradiction", sentence });
}

async function erasePerson(request: EraseCall & { open: OpenVolenti }): Promise<ExitCode> {
  const { context, options, open } = request;
  const { volenti } = open;
  const { terminal } = context;
  const identifier = await readPerson({ options, terminal, volenti });
  const { log, place } = chooseLog({ context, options, open });
  const report = await createGovernance(volenti).erase({ identifier, requestedAt: volenti.clock.now(), log });
  if (context.json) await terminal.output.writeLine(JSON.stringify(report));
  else await writeErasureReport({ terminal, report, logPlace: place });
  return toExitCode(report);
}

/** `--log`, else the configuration's, else a file beside it; with what to tell people of its place. */
function chooseLog(request: EraseCall & { open: OpenVolenti }): { log: ErasureLog; place: string } {
  const { context, options, open } = request;
  if (options.log !== undefined) return { log: fileErasureLog(resolve(context.folder, options.log)), place: "the file of --log" };
  const { erasureLog } = open.volenti;
  if (erasureLog !== null) return { log: erasureLog, place: "the erasureLog of the configuration" };
  const path = join(open.directory, DEFAULT_LOG);
  return { log: fileErasureLog(path), place: relative(context.folder, path) };
}

async function eraseTest(request: { context: CommandContext; open: OpenVolenti }): Promise<ExitCode> {
  const { terminal, json } = request.context;
  const report = await createGovernance(request.open.volenti).eraseTest();
  if (json) await terminal.output.writeLine(JSON.stringify(report));
  else await writeErasureReport({ terminal, report, logPlace: null });
  return toExitCode(report);
}

async function replay(request: { context: CommandContext; open: OpenVolenti; file: string }): Promise<ExitCode> {
  const { context, open, file } = request;
  const path = resolve(context.folder, file);
  // An empty log is an answer; one that is not there is a mistyped name, and somebody stays unerased.
  await access(path).catch(() => {
    throw new UsageError({ code: "unreadableFile", sentence: "the erasure log of --replay cannot be read: there is none" });
  });
  const answers = createGovernance(open.volenti).replayErasures({ log: fileErasureLog(path) });
  return writeReplay({ terminal: context.terminal, json: context.json, answers });
}

/** What a human has to settle first (several matches, a hold, no way to erase from here) is not mended by running it again. */
function toExitCode({ outcome, destinations, withdrawal }: ErasureReport): ExitCode {
  if (outcome === "complete") return EXIT_CODE.delivered;
  const hasFailed = destinations.some(({ status }) => status === "failed") || withdrawal?.outcome === "undelivered";
  return hasFailed ? EXIT_CODE.undelivered : EXIT_CODE.rejected;
}
