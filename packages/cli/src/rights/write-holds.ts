import type { HoldsReport } from "@volenti/governance";
import type { Terminal } from "../terminal/terminal.ts";
import { writeTable } from "../terminal/write-table.ts";

const PROBLEMS = {
  severalPeople: "several people match: nobody is held",
  noLedger: "no ledger that keeps holds knows this person",
  unknownHold: "this person has no such hold",
} as const;

/** Shows a person's holds by ledger, and where they could not be set or read. */
export async function writeHolds(request: { terminal: Terminal; report: HoldsReport; now: number }): Promise<void> {
  const { terminal, report, now } = request;
  await writeTable({
    terminal,
    head: ["destination", "", "hold", "scope", "law", "reason", "until", ""],
    rows: report.destinations.flatMap(({ id, status, code, holds }) => {
      const head = [id, code === null ? status : `${status} (${code})`];
      if (holds.length === 0) return [[...head, "", "", "", "", "", ""]];
      return holds.map(({ holdId, scope, law, reason, until, liftedAt }) => [
        ...head,
        holdId,
        scope.join(", "),
        law,
        reason,
        until === null ? "no end known" : new Date(until).toISOString(),
        liftedAt !== null ? "lifted" : until !== null && until <= now ? "ended" : "in force",
      ]);
    }),
  });
  if (report.problem !== null) await terminal.output.writeLine(`Not done: ${PROBLEMS[report.problem]} (${report.problem}).`);
}
