import { resolve } from "node:path";
import { ConnectorError, type Volenti } from "@volenti/core";
import { createGovernance, type ReconsentAnswer, type ReconsentEntry, type ReconsentReport } from "@volenti/governance";
import { listenForInterruption } from "../collect/interruption.ts";
import type { CommandContext } from "../command-context.ts";
import { EXIT_CODE, type ExitCode } from "../exit-code.ts";
import { withVolenti } from "../open-volenti.ts";
import { toReconsentLine, writeReconsentReport } from "../reconsent/write-reconsent-report.ts";
import { createPeopleFile, type PeopleFile } from "../records/people-file.ts";
import { createPeopleProgress } from "../retention/people-progress.ts";
import { UsageError } from "../usage-error.ts";

const STOPPING = "stopping: nothing is changed and no file is left; a second signal ends at once";

export interface ReconsentOptions {
  readonly notice: string | undefined;
  readonly version: string | undefined;
  readonly purpose: string | undefined;
  /** Whether people are listed by their refs, a line each, as they are found. */
  readonly list: boolean;
  /** Whom `list` lists. */
  readonly answer: ReconsentAnswer;
  /** Where those who have to be asked again go, a line each. */
  readonly out: string | undefined;
}

/** `volenti reconsent`: who has to be asked again; changes nothing. The last line of `--json` is the report. */
export function reconsentCommand(request: { context: CommandContext; options: ReconsentOptions }): Promise<ExitCode> {
  const { context, options } = request;
  const { terminal } = context;
  if ((options.notice === undefined) !== (options.version === undefined)) {
    throw new UsageError({ code: "incompleteNotice", sentence: "a notice is named by both --notice and --version" });
  }
  if (options.notice === undefined && options.purpose === undefined) {
    throw new UsageError({ code: "nothingNamed", sentence: "name a notice (--notice and --version), a purpose (--purpose), or both" });
  }
  return withVolenti({ context }, async ({ volenti }) => {
    const interruption = listenForInterruption({ ...context, onFirst: () => terminal.tell(STOPPING) });
    const file = options.out === undefined ? null : await createPeopleFile(resolve(context.folder, options.out));
    let isKept = false;
    try {
      const report = await run({ context, options, volenti, file, signal: interruption.signal });
      await writeReport({ context, report });
      isKept = report.outcome === "complete";
      if (file !== null && !isKept) terminal.tell("No file was written: half a list must not look like a whole one.");
      return interruption.exitCode() ?? toExitCode(report);
    } finally {
      interruption.dispose();
      await (isKept ? file?.close() : file?.discard());
    }
  });
}

async function run(request: {
  context: CommandContext;
  options: ReconsentOptions;
  volenti: Volenti;
  file: PeopleFile | null;
  signal: AbortSignal;
}): Promise<ReconsentReport> {
  const { context: { terminal, json }, options, volenti, file, signal } = request;
  const { notice: id, version, purpose } = options;
  const progress = createPeopleProgress(terminal.progressStream);
  const onEntry = async (entry: ReconsentEntry): Promise<void> => {
    if (options.list && entry.answer === options.answer) await terminal.output.writeLine(json ? JSON.stringify(entry) : toReconsentLine(entry));
    if (entry.answer === "askAgain") await file?.writeLine(JSON.stringify(entry));
  };
  try {
    const notice = id === undefined || version === undefined ? {} : { notice: { id, version } };
    return await createGovernance(volenti).reconsent({ ...notice, purpose, onEntry, onProgress: progress.update, signal });
  } catch (error) {
    throw toUsageError(error);
  } finally {
    progress.stop();
  }
}

function toUsageError(error: unknown): unknown {
  if (!ConnectorError.isInstance(error) || error.code !== "invalidInput" || error.connectorId !== "governance") return error;
  return error.fieldNames?.includes("notice") === true
    ? new UsageError({ code: "unknownNotice", sentence: "the configuration has no such notice in this version" })
    : new UsageError({ code: "unknownPurpose", sentence: "the configuration has no such purpose, or the notice does not name it" });
}

async function writeReport(request: { context: CommandContext; report: ReconsentReport }): Promise<void> {
  const { context: { terminal, json }, report } = request;
  if (json) await terminal.output.writeLine(JSON.stringify(report));
  else await writeReconsentReport({ terminal, report });
}

/** What could not be read is read by running again; what nobody can list, and a notice that names an old version, is a human's work. */
function toExitCode({ outcome, destinations, notInNotice }: ReconsentReport): ExitCode {
  if (outcome !== "complete") return EXIT_CODE.undelivered;
  const isLeft = destinations.some(({ status }) => status === "unsupported" || status === "partlyByLedger");
  return isLeft || notInNotice.length > 0 ? EXIT_CODE.rejected : EXIT_CODE.delivered;
}
