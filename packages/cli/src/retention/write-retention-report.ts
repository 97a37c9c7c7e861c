import type { RetentionDestination, RetentionEntry, RetentionReport } from "@volenti/governance";
import { printable } from "../terminal/printable.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { writeTable } from "../terminal/write-table.ts";

const FOUND: Readonly<Record<RetentionDestination["status"], string>> = {
  listed: "lists its people itself",
  byLedger: "by the refs that a ledger lists",
  partlyByLedger: "by the refs that a ledger lists; people of routes without such a ledger were not looked at",
  unsupported: "neither lists its people nor does a ledger: nobody was looked at",
  failed: "broke off",
};

/** One person in one destination, on a line that programs can cut: ref, destination, action, outcome, reason, purposes, attributes. */
export function toEntryLine({ destinationId, subjectRef, country, action, outcome, reason, until, purposes, attributes }: RetentionEntry): string {
  const why = until === undefined ? (reason ?? "-") : `${reason ?? "-"} until ${until === null ? "no known end" : toDay(until)}`;
  return [subjectRef, destinationId, country ?? "-", action, outcome, why, purposes.join(",") || "-", attributes.map(printable).join(",") || "-"].join("\t");
}

/** Shows what outlived its purpose, or what was done about it, in counts. */
export async function writeRetentionReport(request: { terminal: Terminal; report: RetentionReport }): Promise<void> {
  const { terminal, report } = request;
  await writeTable({
    terminal,
    head: ["destination", "region", "people", "how they were found"],
    rows: report.destinations.map(({ id, region, status, code, people }) => [
      id,
      region,
      people === null ? "" : String(people),
      code === undefined ? FOUND[status] : `${FOUND[status]} (${code})`,
    ]),
  });
  await writeTable({
    terminal,
    head: ["destination", "purpose", "country", "action", "outcome", "why", "people"],
    rows: report.counts.map(({ destinationId, purpose, country, action, outcome, reason, people }) => [
      destinationId,
      purpose ?? "(none declares it)",
      country ?? "(unknown)",
      action,
      outcome,
      reason ?? "",
      String(people),
    ]),
  });
  if (report.noRetention.length > 0) await terminal.output.writeLine(`No retention, so no end by time: ${report.noRetention.join(", ")}`);
  await terminal.output.writeLine(toSentence(report));
}

function toSentence({ outcome, applied, counts, destinations }: RetentionReport): string {
  if (outcome === "interrupted") return "Interrupted: run it again, what is done is passed over.";
  if (outcome === "incomplete") return "Incomplete: something failed or waits; run it again.";
  if (!applied && counts.some(({ action }) => action !== "keep")) return "Nothing was changed; do it with: volenti retention --apply";
  if (destinations.some(({ status }) => status === "unsupported")) return "Complete where people can be listed; the others need a human.";
  return applied || counts.length > 0 ? "Complete." : "Nothing has outlived its purpose.";
}

function toDay(epochInMs: number): string {
  return new Date(epochInMs).toISOString().slice(0, 10);
}
