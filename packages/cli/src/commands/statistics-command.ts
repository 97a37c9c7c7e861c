import type { Volenti } from "@volenti/core";
import { createGovernance, type StatisticsReport } from "@volenti/governance";
import type { CommandContext } from "../command-context.ts";
import { EXIT_CODE, type ExitCode } from "../exit-code.ts";
import { findDestination } from "../find-destination.ts";
import { withVolenti } from "../open-volenti.ts";
import { createPeopleProgress } from "../retention/people-progress.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { writeTable } from "../terminal/write-table.ts";
import { UsageError } from "../usage-error.ts";

export interface StatisticsOptions {
  readonly destination: string | undefined;
  readonly minimum: number | undefined;
}

/** `volenti statistics`: counts without refs. */
export function statisticsCommand(request: { context: CommandContext; options: StatisticsOptions }): Promise<ExitCode> {
  const { context, options } = request;
  const { terminal } = context;
  return withVolenti({ context }, async ({ volenti }) => {
    const destinationId = chooseDestination({ volenti, id: options.destination });
    const progress = createPeopleProgress(terminal.progressStream);
    try {
      const report = await createGovernance(volenti).statistics({ destinationId, minimum: options.minimum, onProgress: progress.update });
      progress.stop();
      if (context.json) await terminal.output.writeLine(JSON.stringify(report));
      else await writeStatistics({ terminal, report });
      return EXIT_CODE.delivered;
    } finally {
      progress.stop();
    }
  });
}

/** Only one at a time: the same people counted by two destinations could be told apart by the difference. */
function chooseDestination(request: { volenti: Volenti; id: string | undefined }): string {
  const { volenti, id } = request;
  if (id !== undefined) {
    const { population, linking } = findDestination({ volenti, id });
    if (population !== undefined || linking !== undefined) return id;
    throw new UsageError({ code: "unsupported", sentence: "this destination does not list its people" });
  }
  const [only, ...others] = [...volenti.destinations].filter(([, { population }]) => population !== undefined).map(([key]) => key);
  if (only !== undefined && others.length === 0) return only;
  const sentence = only === undefined ? "no destination lists its people" : `--destination is needed: ${[only, ...others].join(", ")} list their people`;
  throw new UsageError({ code: only === undefined ? "unsupported" : "destinationNeeded", sentence });
}

async function writeStatistics(request: { terminal: Terminal; report: StatisticsReport }): Promise<void> {
  const { terminal, report } = request;
  const text = (value: string | null): string => value ?? "(several)";
  for (const { purpose, channel, people, groups, hasWithheldGroups } of report.tables) {
    await writeTable({
      terminal,
      title: `${purpose} (${channel}): ${people} people`,
      head: ["country", "age", "since", "answer", "people"],
      rows: [
        ...groups.map((group) => [text(group.country), text(group.ageBand), text(group.since), text(group.answer), String(group.people)]),
        ...(hasWithheldGroups ? [["(withheld)", "", "", "", ""]] : []),
      ],
    });
  }
  if (report.hasWithheldTables) await terminal.output.writeLine(`Purposes of fewer than ${report.minimum} people are left out.`);
  await terminal.output.writeLine(`No group has fewer than ${report.minimum} people; "(several)" holds who is in no finer group.`);
}
