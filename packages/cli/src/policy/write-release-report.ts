import type { ReleaseReport } from "@volenti/governance";
import { tellUnlinked } from "../person/tell-unlinked.ts";
import { printable } from "../terminal/printable.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { writeTable } from "../terminal/write-table.ts";

const TONES = { release: "ok", mask: "warning", deny: "error" } as const;

/** Shows what a recipient is given, attribute by attribute, and why. */
export async function writeReleaseReport(request: { terminal: Terminal; report: ReleaseReport }): Promise<void> {
  const { terminal, report } = request;
  await writeTable({
    terminal,
    title: `${report.recipient}, policy ${report.policyHash.slice(0, 12)}`,
    head: ["attribute", "effect", "value", "for", "why", "rules"],
    rows: report.attributes.map(({ attribute, effect, mask, value, purposes, reasons, ruleIds }) => [
      attribute,
      { text: mask === null ? effect : `${effect} (${mask})`, tone: TONES[effect] },
      effect === "deny" ? "" : printable(value),
      purposes.join(", "),
      reasons.join(", "),
      ruleIds.join(", "),
    ]),
  });
  await tellUnlinked({ terminal, destinationIds: report.unlinked ?? [] });
  await terminal.output.writeLine(toSentence(report));
}

function toSentence({ given, complete, found, conflict, unlinked }: ReleaseReport): string {
  if (!complete) return "Incomplete: some destination could not be read, so nothing is released.";
  if (given) return "Released as shown.";
  if (conflict === true) return "Nothing is released: several people match.";
  if ((unlinked ?? []).length > 0) return "Nothing is released.";
  return found === false ? "Nothing is released: no destination holds this person." : "Nothing is released.";
}
