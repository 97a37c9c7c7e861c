import { writeTable } from "../terminal/write-table.ts";
import type { Terminal } from "../terminal/terminal.ts";
import type { CollectCounts } from "./collect-counts.ts";

const ROWS_OF_A_TABLE = 30;

/** Tells people what became of a file: outcomes, destinations, what was withheld, what was wrong and where. */
export async function writeSummary(request: { terminal: Terminal; counts: CollectCounts }): Promise<void> {
  const { terminal, counts } = request;
  const outcomes = Object.entries(counts.outcomes).filter(([, count]) => count > 0);
  await writeTable({
    terminal,
    head: ["outcome", "lines"],
    rows: [...outcomes.map(([outcome, count]) => [outcome, String(count)]), ["all", String(counts.lines)]],
  });
  await writeTable({
    terminal,
    head: ["destination", "outcome", "submissions"],
    rows: Object.entries(counts.destinations).flatMap(([id, byOutcome]) =>
      Object.entries(byOutcome).map(([outcome, count]) => [id, outcome, String(count)]),
    ),
  });
  await writeTable({
    terminal,
    head: ["destination", "kept stricter than decided", "submissions"],
    rows: Object.entries(counts.folds).flatMap(([id, byField]) => Object.entries(byField).map(([field, count]) => [id, field, String(count)])),
  });
  await writeTable({
    terminal,
    head: ["withheld attribute", "submissions"],
    rows: capped(byCount(Object.entries(counts.withheld)).map(([attribute, count]) => [attribute, String(count)])),
  });
  await writeTable({
    terminal,
    head: ["problem", "lines", "where"],
    rows: capped(
      Object.entries(counts.problems).map(([code, { count, lines }]) => [
        code,
        String(count),
        `${lines.join(", ")}${count > lines.length ? ", …" : ""}`,
      ]),
    ),
  });
}

function byCount(entries: [string, number][]): [string, number][] {
  return entries.sort(([, left], [, right]) => right - left);
}

function capped(rows: string[][]): string[][] {
  if (rows.length <= ROWS_OF_A_TABLE) return rows;
  return [...rows.slice(0, ROWS_OF_A_TABLE), ["…", `${rows.length - ROWS_OF_A_TABLE} more`]];
}
