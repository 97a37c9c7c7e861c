import type { DemoLine } from "./demo-lines.ts";
import { toColumns } from "./to-columns.ts";

/** What became of each change, by the purposes that it decides and the systems that it went to. */
export function describeChanges(lines: readonly DemoLine[]): string {
  const rows = lines.map(({ result }) => [
    result.decisions.map(({ purpose, status }) => `${purpose} ${status}`).join(", "),
    result.outcome,
    result.destinations.map(({ id, outcome }) => `${id} ${outcome}`).join(", "),
  ]);
  return toColumns(rows);
}
