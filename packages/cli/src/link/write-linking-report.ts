import type { LinkCounts, LinkFinding, LinkFindingReason, LinkingReport } from "@volenti/governance";
import type { Terminal } from "../terminal/terminal.ts";
import { writeTable } from "../terminal/write-table.ts";

const MEANINGS: Readonly<Record<keyof LinkCounts, string>> = {
  customers: "all customers of the destination",
  alreadyLinked: "carry their ref",
  linked: "were given their ref",
  toBeLinked: "would be given their ref",
  ambiguous: "are there twice, or are two people by their identifiers: merge or correct them there",
  conflicting: "carry another ref than they should",
  unmatched: "cannot be told: nothing to know them by",
  erased: "were erased, and are still there: erase them there",
  failed: "could not be written",
};

const REASONS: Readonly<Record<LinkFindingReason, string>> = {
  duplicate: "several customers would be given one ref",
  severalPeople: "the identifiers name two people",
  otherRef: "the identifiers name somebody else than the ref",
  refTaken: "another record carries the ref, or this one another",
  noIdentifier: "no match key holds anything that can be read",
  notRouted: "no route leads people of that country here",
  countryUnknown: "who names the person depends on the country: see --country",
  erased: "an identifier was erased",
  failed: "could not be written",
};

/** Shows how a system's customers match ours, and what is to be done about those who do not. */
export async function writeLinkingReport(request: {
  terminal: Terminal;
  report: LinkingReport;
  listed: readonly LinkFinding[];
}): Promise<void> {
  const { terminal, report, listed } = request;
  const kinds = (Object.keys(MEANINGS) as (keyof LinkCounts)[]).filter((kind) => kind === "customers" || report.counts[kind] > 0);
  await writeTable({
    terminal,
    head: ["customers", "count", "meaning"],
    rows: kinds.map((kind) => [kind, String(report.counts[kind]), MEANINGS[kind]]),
  });
  await writeTable({
    terminal,
    head: ["reason", "count", "meaning"],
    rows: Object.entries(report.reasons).map(([reason, count]) => [reason, String(count), REASONS[reason as LinkFindingReason]]),
  });
  await writeTable({
    terminal,
    head: ["record", "reason", "code"],
    rows: listed.map(({ customerId, reason, code }) => [customerId, reason, code ?? ""]),
  });
  await terminal.output.writeLine(toSentence(report));
}

function toSentence({ destinationId, applied, outcome, code, counts }: LinkingReport): string {
  if (outcome === "interrupted") return "Interrupted: run it again, what is linked is passed over.";
  if (outcome === "stopped") return `Stopped (${code ?? "unexpectedError"}): run it again, what is linked is passed over.`;
  if (applied && counts.toBeLinked + counts.failed > 0) return "Incomplete: run it again.";
  if (applied || counts.toBeLinked === 0) return "Complete.";
  return `Nothing was changed; link them with: volenti link ${destinationId} --apply`;
}
