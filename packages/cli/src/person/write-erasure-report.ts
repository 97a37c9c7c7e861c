import type { DestinationErasure, ErasureReport } from "@volenti/governance";
import type { Terminal } from "../terminal/terminal.ts";
import { writeTable } from "../terminal/write-table.ts";

/** Shows what an erasure did in each destination: what is gone, what was kept, and why. */
export async function writeErasureReport(request: { terminal: Terminal; report: ErasureReport }): Promise<void> {
  const { terminal, report } = request;
  await writeTable({
    terminal,
    head: ["destination", "region", "record", "outcome", "count", "why", "until"],
    rows: report.destinations.flatMap(toRows),
  });
  await terminal.output.writeLine(toSentence(report));
}

function toSentence({ outcome, destinations }: ErasureReport): string {
  if (outcome === "incomplete") return "Incomplete: run it again where a destination failed or was not attempted.";
  return destinations.every(({ status }) => status === "notFound") ? "Nothing found: there was nothing to erase." : "Complete.";
}

function toRows({ id, region, status, code, records }: DestinationErasure): string[][] {
  if (records.length === 0) return [[id, region, "", status, "", code ?? "", ""]];
  return records.map(({ kind, outcome, count, reason, until }) => [
    id,
    region,
    kind,
    outcome,
    String(count),
    reason ?? "",
    until ?? (outcome === "retained" ? "no end known" : ""),
  ]);
}
