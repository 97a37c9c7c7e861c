import { access } from "node:fs/promises";
import { resolve } from "node:path";
import { createGovernance, type ErasureReport } from "@volenti/governance";
import { fileErasureLog } from "@volenti/node";
import type { CommandContext } from "../command-context.ts";
import { EXIT_CODE, type ExitCode } from "../exit-code.ts";
import { withVolenti, type OpenVolenti } from "../open-volenti.ts";
import { chooseErasureLog } from "../person/choose-erasure-log.ts";
import { namesPerson, readPerson } from "../person/person-options.ts";
import { writeErasureReport } from "../person/write-erasure-report.ts";
import { writeReplay } from "../person/write-replay.ts";
import { toOpening, type RequestOptions } from "../rights/request-options.ts";
import { exitCodeOfRun } from "../rights/rights-exit-code.ts";
import { keepAnswer, readStateFile } from "../rights/state-file.ts";
import { writeDueDate, writeRightsAnswer } from "../rights/write-rights-answer.ts";
import { UsageError } from "../usage-error.ts";

export type EraseOptions = RequestOptions & {
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
  const { log, place } = chooseErasureLog({ context, file: options.log, open });
  const { rights } = createGovernance(volenti);
  const opening = toOpening({ options, volenti, kind: "erase", identifier });
  const standing = options.state === undefined ? null : await readStateFile({ context, rights, file: options.state, kind: "erase" });
  const answer =
    standing === null
      ? await rights.ask({ ...opening, erasureLog: log })
      : await rights.run({ rightsRequest: standing, actor: opening.actor, identifier, erasureLog: log });
  await keepAnswer({ context, rights, file: options.state, answer });
  const { erasure: report } = answer;
  if (report === null) {
    await writeRightsAnswer({ context, answer });
    return exitCodeOfRun(answer);
  }
  if (context.json) await terminal.output.writeLine(JSON.stringify({ ...report, request: answer.request, keptIn: answer.keptIn, problem: answer.problem }));
  else {
    await writeErasureReport({ terminal, report, logPlace: place });
    await writeDueDate({ terminal, answer });
  }
  return answer.problem === null ? toExitCode(report) : exitCodeOfRun(answer);
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
