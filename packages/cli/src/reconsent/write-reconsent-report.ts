import type { ReconsentEntry, ReconsentReport } from "@volenti/governance";
import type { Terminal } from "../terminal/terminal.ts";
import { writeTable } from "../terminal/write-table.ts";

/** One answer on a line that programs can cut: ref, country, purpose, channel, answer, reason, end of the no-ask period, locale of the last notice. */
export function toReconsentLine({ subjectRef, country, purpose, channel, answer, reason, noReaskUntil, lastNotice }: ReconsentEntry): string {
  const until = noReaskUntil === null ? "-" : toDay(noReaskUntil);
  return [subjectRef, country ?? "-", purpose, channel, answer, reason ?? "-", until, lastNotice?.locale ?? "-"].join("\t");
}

/** Shows who is covered and who has to be asked again, in counts. */
export async function writeReconsentReport(request: { terminal: Terminal; report: ReconsentReport }): Promise<void> {
  const { terminal, report } = request;
  await writeTable({
    terminal,
    head: ["purpose", "channel", "country", "answer", "why", "people"],
    rows: report.counts.map(({ purpose, channel, country, answer, reason, people }) => [purpose, channel, country ?? "(unknown)", answer, reason ?? "", String(people)]),
  });
  for (const { id, status, code } of report.destinations) {
    if (status === "unsupported") await terminal.output.writeLine(`${id}: neither lists its people nor does a ledger: nobody was looked at`);
    if (status === "partlyByLedger") await terminal.output.writeLine(`${id}: people of routes without a ledger that lists them were not looked at`);
    if (status === "failed") await terminal.output.writeLine(`${id}: could not be read (${code ?? "unknown"})`);
  }
  for (const key of report.notInNotice) await terminal.output.writeLine(`${key}: the notice names a version that is not current: who answers it stays unasked for the current one`);
  await terminal.output.writeLine(toSentence(report));
}

function toSentence({ outcome, people, peopleToAsk }: ReconsentReport): string {
  if (outcome === "interrupted") return "Interrupted: nothing was changed.";
  if (outcome === "incomplete") return "Incomplete: something could not be read, and nobody is asked on a guess; run it again.";
  return `${peopleToAsk} of ${people} people have to be asked again.`;
}

function toDay(epochInMs: number): string {
  return new Date(epochInMs).toISOString().slice(0, 10);
}
