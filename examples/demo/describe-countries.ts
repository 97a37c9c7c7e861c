import type { DemoLine } from "./demo-lines.ts";
import { toColumns } from "./to-columns.ts";

interface CountrySum {
  delivered: number;
  partlyDelivered: number;
  undelivered: number;
  readonly destinations: Map<string, number>;
  readonly withheld: Map<string, number>;
}

/** Where each country's data went, and what was withheld: as many lines as there are countries. */
export function describeCountries(lines: readonly DemoLine[]): string {
  const sums = new Map<string, CountrySum>();
  for (const { submission, result } of lines) {
    if (submission === null || result.outcome === "rejected") continue;
    const sum = sums.get(submission.country) ?? { delivered: 0, partlyDelivered: 0, undelivered: 0, destinations: new Map(), withheld: new Map() };
    sums.set(submission.country, sum);
    sum[result.outcome] += 1;
    for (const { id } of result.destinations) add(sum.destinations, id);
    for (const attribute of new Set(result.withheld.map(toGroup))) add(sum.withheld, attribute);
  }
  const rows = [...sums]
    .toSorted(([left], [right]) => left.localeCompare(right))
    .map(([country, { delivered, partlyDelivered, undelivered, destinations, withheld }]) => [
      country,
      String(delivered),
      String(partlyDelivered),
      String(undelivered),
      list(destinations),
      list(withheld),
    ]);
  return toColumns([["country", "delivered", "in part", "not", "went to", "withheld (no permitted purpose needs it)"], ...rows]);
}

/** The lines of an address are withheld together. */
function toGroup({ attribute }: { attribute: string }): string {
  return attribute.startsWith("address.") ? "address.*" : attribute;
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function list(counts: ReadonlyMap<string, number>): string {
  if (counts.size === 0) return "-";
  return [...counts]
    .toSorted(([, left], [, right]) => right - left)
    .map(([key, count]) => `${key} ${count}`)
    .join(", ");
}
