import type { DestinationErasure, ErasureRecord, ErasureReport } from "@volenti/governance";
import type { Terminal } from "../terminal/terminal.ts";
import { tellUnlinked } from "./tell-unlinked.ts";
import { writeTable } from "../terminal/write-table.ts";

/** Shows what an erasure did in each destination: what is gone, what was kept, and why. */
export async function writeErasureReport(request: {
  terminal: Terminal;
  report: ErasureReport;
  /** Where it was written down; null where it was not. */
  logPlace: string | null;
}): Promise<void> {
  const { terminal, report, logPlace } = request;
  await writeTable({
    terminal,
    head: ["destination", "region", "record", "outcome", "count", "why", "until"],
    rows: report.destinations.flatMap(toRows),
  });
  if (report.withdrawal !== undefined) {
    const { outcome, purposes } = report.withdrawal;
    await terminal.output.writeLine(`Consents: ${purposes.length === 0 ? "nothing was left to refuse" : `${purposes.join(", ")} refused`} (${outcome}).`);
  }
  await tellUnlinked({ terminal, destinationIds: report.destinations.filter(({ status }) => status === "unlinked").map(({ id }) => id) });
  await terminal.output.writeLine(toSentence(report));
  if (logPlace !== null && report.destinations.some(isLogged)) await terminal.output.writeLine(`Written down in ${logPlace}: keep it apart from the stores' backups.`);
}

function isLogged({ status }: DestinationErasure): boolean {
  return status === "erased" || status === "masked";
}

function toSentence(report: ErasureReport): string {
  const { outcome, destinations } = report;
  if (outcome === "held") return "Held: run it again when the hold has ended.";
  if (outcome === "incomplete" && isLeftToPeople(report)) return "Incomplete: a destination cannot erase, or cannot tell whom to erase: that is left to people.";
  if (outcome === "incomplete") return "Incomplete: run it again where a destination failed, was not attempted, or had somebody to be linked first.";
  return destinations.every(({ status }) => status === "notFound") ? "Nothing found: there was nothing to erase." : "Complete.";
}

/** Nothing is left that another run could do. */
function isLeftToPeople({ destinations, withdrawal }: ErasureReport): boolean {
  const mayBeRepeated = destinations.some(({ status }) => status === "failed" || status === "notAttempted" || status === "unlinked");
  return !mayBeRepeated && withdrawal?.outcome !== "undelivered";
}

function toRows({ id, region, status, code, records }: DestinationErasure): string[][] {
  if (records.length === 0) return [[id, region, "", status, "", code ?? "", ""]];
  return records.map((record) => [
    id,
    region,
    toKind(record),
    record.outcome,
    String(record.count),
    [record.reason, record.law].filter((word) => word !== undefined).join(", "),
    record.until ?? (record.outcome === "kept" ? "no end known" : ""),
  ]);
}

function toKind({ kind, attributes }: ErasureRecord): string {
  return attributes === undefined ? kind : `${kind} (${attributes.join(", ")})`;
}
