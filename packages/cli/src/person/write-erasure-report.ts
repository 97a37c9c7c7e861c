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
  await terminal.output.writeLine(
    report.outcome === "complete" ? "Complete." : "Incomplete: run it again where a destination failed or was not attempted.",
  );
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
