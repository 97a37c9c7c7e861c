import { isDuration } from "@volenti/core/adapter";
import { createGovernance, type ContactFinding, type ContactsReport } from "@volenti/governance";
import type { CommandContext } from "../command-context.ts";
import { EXIT_CODE, type ExitCode } from "../exit-code.ts";
import { findDestination } from "../find-destination.ts";
import { withVolenti } from "../open-volenti.ts";
import { createPeopleProgress } from "../retention/people-progress.ts";
import { printable } from "../terminal/printable.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { writeTable } from "../terminal/write-table.ts";
import { UsageError } from "../usage-error.ts";

export interface ContactsOptions {
  readonly destination: string;
  /** ISO 8601 duration. */
  readonly inactive: string | undefined;
  readonly list: boolean;
}

/** `volenti contacts DESTINATION`: changes nothing. The last line of `--json` is the report. */
export function contactsCommand(request: { context: CommandContext; options: ContactsOptions }): Promise<ExitCode> {
  const { context, options } = request;
  const { terminal, json } = context;
  const { inactive: inactiveFor, destination: destinationId } = options;
  if (inactiveFor !== undefined && !isDuration(inactiveFor)) {
    throw new UsageError({ code: "invalidDuration", sentence: "--inactive takes an ISO 8601 duration, such as P2Y" });
  }
  return withVolenti({ context }, async ({ volenti }) => {
    findDestination({ volenti, id: destinationId });
    const progress = createPeopleProgress(terminal.progressStream);
    const onFinding = (finding: ContactFinding): Promise<void> => terminal.output.writeLine(json ? JSON.stringify(finding) : toLine(finding));
    try {
      const report = await createGovernance(volenti).contacts({ destinationId, inactiveFor, ...(options.list ? { onFinding } : {}), onProgress: progress.update });
      progress.stop();
      if (json) await terminal.output.writeLine(JSON.stringify(report));
      else await writeContacts({ terminal, report });
      return report.records === null && report.inactive === null ? EXIT_CODE.rejected : EXIT_CODE.delivered;
    } finally {
      progress.stop();
    }
  });
}

function toLine({ problem, recordId, subjectRef, kind }: ContactFinding): string {
  return [problem, kind ?? "-", recordId === null ? "-" : printable(recordId), subjectRef ?? "-"].join("\t");
}

async function writeContacts(request: { terminal: Terminal; report: ContactsReport }): Promise<void> {
  const { terminal, report } = request;
  const { records, inactive } = report;
  const counts = records === null ? [] : [
    ["records", records.total],
    ...Object.entries(records.invalid).map(([kind, count]) => [`invalid ${kind}`, count]),
    ["without a contact", records.withoutContact],
    ["share an identifier", records.duplicates],
  ];
  const people = inactive === null ? [] : [["people", inactive.total], [`inactive for ${inactive.inactiveFor}`, inactive.people]];
  await writeTable({ terminal, head: ["what", "count"], rows: [...counts, ...people].map((row) => row.map(String)) });
  if (records === null) await terminal.output.writeLine("This destination lists no records of its own: whether contacts are invalid or there twice cannot be told.");
  if (inactive === null) await terminal.output.writeLine("Inactive people were not looked for: --inactive P2Y, where a destination or its ledger lists its people.");
}
