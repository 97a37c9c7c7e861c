import type { DemoLine } from "./demo-lines.ts";
import { toColumns } from "./to-columns.ts";

/** Which lines were not sent, and why: a path and a code, never a value. */
export function describeRejected(lines: readonly DemoLine[]): string {
  const rows = lines
    .filter(({ result }) => result.outcome === "rejected")
    .map(({ result }) => [
      `line ${result.line}`,
      result.problems.map(({ path, code }) => (path === "" ? code : `${path}: ${code}`)).join(", "),
    ]);
  return toColumns(rows);
}

/** Which lines were delivered in part, and which systems did not take all of them. */
export function describePartial(lines: readonly DemoLine[]): string {
  const rows = lines
    .filter(({ result }) => result.outcome === "partlyDelivered")
    .map(({ result }) => [`line ${result.line}`, result.destinations.map(({ id, outcome }) => `${id} ${outcome}`).join(", ")]);
  return toColumns(rows);
}
