import type { PolicyDifference, PolicyExplanation, PolicyTestReport } from "@volenti/governance";
import type { Terminal } from "../terminal/terminal.ts";
import { writeTable } from "../terminal/write-table.ts";

/** Shows why: the answer of each attribute, and behind it what became of every rule. */
export async function writeExplanations(request: { terminal: Terminal; explanations: readonly PolicyExplanation[]; isTraced: boolean }): Promise<void> {
  const { terminal, explanations, isTraced } = request;
  await writeTable({
    terminal,
    head: ["purpose", "attribute", "effect", "why", "rules", "rules alone"],
    rows: explanations.map(({ purpose, attribute, effect, mask, reasons, ruleIds, rulesAlone }) => [
      purpose,
      attribute,
      describe({ effect, mask }),
      reasons.join(", "),
      ruleIds.join(", "),
      `${describe(rulesAlone)} (${rulesAlone.reasons.join(", ")})`,
    ]),
  });
  if (!isTraced) return;
  for (const { purpose, attribute, trace } of explanations) {
    await writeTable({
      terminal,
      title: `${purpose}, ${attribute}`,
      head: ["rule", "effect", "outcome", "by"],
      rows: trace.map(({ ruleId, effect, outcome, by }) => [ruleId, effect, outcome, by ?? ""]),
    });
  }
}

export async function writeTestReport(request: { terminal: Terminal; report: PolicyTestReport }): Promise<void> {
  const { terminal, report } = request;
  await writeTable({
    terminal,
    head: ["row", "name", "expected", "actual", "why", "rules"],
    rows: report.failures.map(({ index, name, expected, actual }) => [
      String(index),
      name ?? "",
      [describe(expected), expected.reason, expected.ruleIds?.join(", ")].filter((part) => part !== null && part !== undefined).join(", "),
      describe(actual),
      actual.reasons.join(", "),
      actual.ruleIds.join(", "),
    ]),
  });
  await terminal.output.writeLine(`${report.passed} passed, ${report.failed} failed`);
}

export async function writeDifference(request: { terminal: Terminal; difference: PolicyDifference }): Promise<void> {
  const { terminal, difference } = request;
  await writeTable({
    terminal,
    head: ["recipient", "sees", "attribute", "for", "before", "after", "where", "ages", "consent"],
    rows: difference.changes.map(({ recipient, sees, attribute, purpose, before, after, jurisdictions, ageBands, consents }) => [
      recipient,
      { text: sees, tone: sees === "more" ? "warning" : "ok" },
      attribute,
      purpose,
      before,
      after,
      jurisdictions.join(", "),
      ageBands.join(", "),
      consents.join("; "),
    ]),
  });
  await terminal.output.writeLine(`${difference.compared} questions compared: ${difference.more} times more, ${difference.less} times less is seen`);
}

function describe({ effect, mask }: { effect: string; mask: string | null }): string {
  return mask === null ? effect : `${effect} (${mask})`;
}
