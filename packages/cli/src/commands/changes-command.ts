import type { Volenti } from "@volenti/core";
import { ConnectorError, type SystemChangeV1 } from "@volenti/core/adapter";
import { toSubmission, type ChangeProblem } from "../changes/to-submission.ts";
import { listenForInterruption } from "../collect/interruption.ts";
import { untilAborted } from "../collect/until-aborted.ts";
import type { CommandContext } from "../command-context.ts";
import { EXIT_CODE, type ExitCode } from "../exit-code.ts";
import { findDestination } from "../find-destination.ts";
import { withVolenti } from "../open-volenti.ts";
import { UsageError } from "../usage-error.ts";

export interface ChangesOptions {
  readonly destination: string;
  /** Where an earlier run ended; absent or empty: from the beginning. */
  readonly since: string | undefined;
  /** For people of whose country the destination does not know; without it they are left out. */
  readonly country: string | undefined;
}

/**
 * `volenti changes DESTINATION [--since CURSOR]`: what people changed in the destination itself, as submissions for
 * `volenti collect -`. Where to go on from is said at the end, also of a run that broke off.
 */
export function changesCommand(request: { context: CommandContext; options: ChangesOptions }): Promise<ExitCode> {
  const { context, options } = request;
  const { country } = options;
  if (country !== undefined && !/^[A-Z]{2}$/.test(country)) throw new UsageError({ code: "malformedCountry", sentence: "--country takes two capital letters (ISO 3166-1)" });
  return withVolenti({ context }, async ({ volenti }) => {
    const { changeFeed } = findDestination({ volenti, id: options.destination });
    if (changeFeed === undefined) {
      throw new UsageError({ code: "unsupported", sentence: "this destination cannot tell what was changed in it: see its page in docs/connectors" });
    }
    const { terminal, signals, exit } = context;
    const interruption = listenForInterruption({ signals, exit, onFirst: () => terminal.tell("stopping behind the last change that was printed") });
    const { signal } = interruption;
    const run: ChangesRun = { context, volenti, options, cursor: options.since === undefined || options.since === "" ? null : options.since, printed: 0, problems: new Map() };
    try {
      const source = changeFeed.listChanges({ cursor: run.cursor, signal });
      for await (const change of untilAborted({ source, signal })) await printChange({ run, change });
    } catch (error) {
      if (interruption.exitCode() === null) throw refuseCursor(error);
    } finally {
      interruption.dispose();
      await tellEnd(run);
    }
    return interruption.exitCode() ?? (run.problems.size > 0 ? EXIT_CODE.rejected : EXIT_CODE.delivered);
  });
}

interface ChangesRun {
  readonly context: CommandContext;
  readonly volenti: Volenti;
  readonly options: ChangesOptions;
  cursor: string | null;
  printed: number;
  readonly problems: Map<ChangeProblem, number>;
}

async function printChange(request: { run: ChangesRun; change: SystemChangeV1 }): Promise<void> {
  const { run, change } = request;
  const { context, volenti, options, problems } = run;
  const made = toSubmission({ volenti, destinationId: options.destination, change, country: options.country });
  if ("problem" in made) problems.set(made.problem, (problems.get(made.problem) ?? 0) + 1);
  else run.printed += 1;
  const { output } = context.terminal;
  if (context.json) await output.writeLine(JSON.stringify(toLine({ change, made })));
  else if ("submission" in made) await output.writeLine(JSON.stringify(made.submission));
  // Only what was taken is behind us.
  run.cursor = change.cursor;
}

function toLine(request: { change: SystemChangeV1; made: ReturnType<typeof toSubmission> }): Record<string, unknown> {
  const { change, made } = request;
  const { cursor, subjectRef, kind } = change;
  const [submission, problem] = "submission" in made ? [made.submission, null] : [null, made.problem];
  return { cursor, subjectRef, kind, submission, problem };
}

async function tellEnd(run: ChangesRun): Promise<void> {
  const { context, cursor, printed, problems } = run;
  const { terminal, json } = context;
  if (json) await terminal.output.writeLine(JSON.stringify({ cursor, changes: printed, problems: Object.fromEntries(problems) }));
  // Nobody may go on behind changes that nobody was given.
  await terminal.output.flush();
  for (const [problem, count] of problems) terminal.tell(`${terminal.paintMessage({ text: "warning", tone: "warning" })} ${count} ${SENTENCES[problem]} (${problem})`);
  if (!json && cursor !== null) terminal.tell(`cursor ${cursor}`);
}

const SENTENCES: Readonly<Record<ChangeProblem, string>> = {
  noIdentifier: "left out: the destination knows no identifier of the person",
  noCountry: "left out: the destination does not know the person's country (--country says one for all of these)",
  noNotice: "left out: no notice of the configuration is about the purpose",
  nothingTold: "left out: the destination does not tell what was changed",
};

function refuseCursor(error: unknown): unknown {
  const isCursor = ConnectorError.isInstance(error) && error.code === "invalidInput" && error.fieldNames?.includes("cursor") === true;
  return isCursor ? new UsageError({ code: "malformedCursor", sentence: "--since takes a cursor that an earlier run of this command printed for this destination" }) : error;
}
