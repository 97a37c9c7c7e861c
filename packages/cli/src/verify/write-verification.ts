import type { DecisionFinding, DestinationReport, ReceiptReport } from "@volenti/governance";
import type { DestinationAnswer } from "./destination-answer.ts";
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

/** Shows what a destination's records prove, or that it could not be read. */
export async function writeDestinationAnswer(request: { terminal: Terminal; answer: DestinationAnswer }): Promise<void> {
  const { terminal, answer } = request;
  if (answer.status === "verified") return writeDestinationReport({ terminal, report: answer });
  const { destinationId, code, providerCode } = answer;
  const text = `${destinationId}: unreachable, and so not verified (${providerCode === undefined ? code : `${code} ${providerCode}`})`;
  await terminal.output.writeLine(terminal.paint({ text, tone: "error" }));
}

async function writeDestinationReport(request: { terminal: Terminal; report: DestinationReport }): Promise<void> {
  const { terminal, report } = request;
  const { decisions, sound, subjects, findings } = report.counts;
  await writeFindings({ terminal, findings: report.findings });
  const text = `${report.destinationId}: ${sound} of ${decisions} decisions of ${subjects} people are as they were signed`;
  await terminal.output.writeLine(terminal.paint({ text, tone: report.valid ? "ok" : "error" }));
  const { stateMismatch = 0, chainEndMismatch = 0 } = findings;
  if (stateMismatch > 0) await terminal.output.writeLine(`  ${stateMismatch} times what stands is not what the decisions say`);
  if (chainEndMismatch > 0) await terminal.output.writeLine(`  of ${chainEndMismatch} people decisions are missing, or were added, at the end`);
  await writeLog({ terminal, counts: report.counts });
  for (const { count, of } of toRemarks(report.counts)) if (count > 0) await terminal.output.writeLine(`  ${count} ${of}`);
}

async function writeLog(request: { terminal: Terminal; counts: DestinationReport["counts"] }): Promise<void> {
  const { log } = request.counts;
  if (log === undefined) return;
  const { entries, uncovered, checkpoints, unanchored } = log;
  const text = `  log of ${entries} decisions, ${uncovered} not under a checkpoint yet; ${checkpoints} checkpoints, ${unanchored} of them not published`;
  await request.terminal.output.writeLine(text);
}

/** What is no finding, and worth knowing. */
function toRemarks(counts: DestinationReport["counts"]): readonly { readonly count: number; readonly of: string }[] {
  const { followedRefusals, followedStates, changedByStaff, withoutStates, unaccountedLeaves } = counts;
  return [
    { count: followedRefusals, of: "of them are refusals that followed a person from another ledger" },
    { count: followedStates, of: "refusals stand that followed a person, and are recorded under another ref" },
    { count: changedByStaff, of: "states were changed by staff in the system itself, and are not collected yet" },
    { count: withoutStates, of: "people have decisions, and nothing that stands: erased, or taken away" },
    { count: unaccountedLeaves, of: "signed leaves have no row here: recorded elsewhere, refused after sealing, of erased tests, or taken away" },
  ];
}

/** A finding as a line of a table: code, what it is of, decision, person. */
export function toFindingRows(findings: readonly Finding[]): readonly (readonly string[])[] {
  return findings.map(({ code, decisionId, subjectRef, field, size, anchorId, root }) => [
    code,
    [field, size, anchorId, root].filter((part) => part !== undefined).join(" "),
    decisionId ?? "",
    subjectRef ?? "",
  ]);
}

type Finding = Partial<Omit<DecisionFinding, "code">> & { readonly code: string };

async function writeFindings(request: { terminal: Terminal; findings: readonly Finding[] }): Promise<void> {
  const { terminal, findings } = request;
  const shown = toFindingRows(findings.slice(0, FINDINGS_OF_A_TABLE));
  const more = findings.length - shown.length;
  await writeTable({
    terminal,
    head: ["finding", "of", "decision", "person"],
    rows: more > 0 ? [...shown, ["…", `${more} more (--json lists all)`, "", ""]] : shown,
  });
}
