import type { DestinationReport, ReceiptReport } from "@volenti/governance";
import type { Terminal } from "../terminal/terminal.ts";
import { writeTable } from "../terminal/write-table.ts";

const FINDINGS_OF_A_TABLE = 50;

/** Shows what a receipt proves, and what it does not. */
export async function writeReceiptReport(request: { terminal: Terminal; report: ReceiptReport }): Promise<void> {
  const { terminal, report } = request;
  await writeTable({
    terminal,
    head: ["decision", "SHA-256", "sealed", "key"],
    rows: report.decisions.map(({ decisionId, hash, sealedAt, keyId }) => [decisionId, hash, sealedAt, keyId]),
  });
  await writeFindings({ terminal, findings: report.findings });
  await terminal.output.writeLine(
    report.valid
      ? terminal.paint({ text: `valid: ${report.decisions.length} decisions of submission ${report.submissionId ?? ""}`, tone: "ok" })
      : terminal.paint({ text: "not valid", tone: "error" }),
  );
}

/** Shows what a destination's records prove. */
export async function writeDestinationReport(request: { terminal: Terminal; report: DestinationReport }): Promise<void> {
  const { terminal, report } = request;
  const { decisions, sound, subjects, followedRefusals } = report.counts;
  await writeFindings({ terminal, findings: report.findings });
  const text = `${report.destinationId}: ${sound} of ${decisions} decisions of ${subjects} people are as they were signed`;
  await terminal.output.writeLine(terminal.paint({ text, tone: report.valid ? "ok" : "error" }));
  if (followedRefusals === 0) return;
  await terminal.output.writeLine(`  ${followedRefusals} of them are refusals that followed a person from another ledger`);
}

async function writeFindings(request: {
  terminal: Terminal;
  findings: readonly { readonly code: string; readonly decisionId?: string }[];
}): Promise<void> {
  const { terminal, findings } = request;
  const shown = findings.slice(0, FINDINGS_OF_A_TABLE).map(({ code, decisionId }) => [code, decisionId ?? ""]);
  const more = findings.length - shown.length;
  await writeTable({
    terminal,
    head: ["finding", "decision"],
    rows: more > 0 ? [...shown, ["…", `${more} more (--json lists all)`]] : shown,
  });
}
