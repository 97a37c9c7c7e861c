import type { StatisticsGroup, StatisticsTable } from "./statistics-report.ts";

export type Group = StatisticsGroup;

/** In this order dimensions are given up where a group is too small. */
const GIVEN_UP = ["since", "ageBand", "country", "answer"] as const;

/**
 * Makes groups that name nobody out of the finest ones; null where all of them together are too few. What is too small is
 * merged with what else is too small, one dimension coarser, again and again. What is left of too few even then is
 * withheld, and with it the smallest groups until there are enough: else the table's total would tell of them.
 */
export function publishTable(request: {
  cells: readonly Group[];
  minimum: number;
}): Pick<StatisticsTable, "people" | "groups" | "hasWithheldGroups"> | null {
  const { cells, minimum } = request;
  const people = sumOf(cells);
  if (people < minimum) return null;
  const published: Group[] = [];
  let small: readonly Group[] = cells;
  const sort = (groups: readonly Group[]): readonly Group[] => {
    published.push(...groups.filter((group) => group.people >= minimum));
    return groups.filter((group) => group.people < minimum);
  };
  small = sort(small);
  for (const dimension of GIVEN_UP) small = sort(mergeOver({ groups: small, dimension }));
  const groups = published.toSorted(bySize);
  let withheld = sumOf(small);
  while (withheld > 0 && withheld < minimum) withheld += groups.pop()?.people ?? minimum;
  return { people, groups, hasWithheldGroups: withheld > 0 };
}

function mergeOver(request: { groups: readonly Group[]; dimension: (typeof GIVEN_UP)[number] }): readonly Group[] {
  const { groups, dimension } = request;
  const merged = new Map<string, Group>();
  for (const group of groups) {
    const coarser = { ...group, [dimension]: null };
    const { people: _, ...key } = coarser;
    const name = JSON.stringify(key);
    merged.set(name, { ...coarser, people: (merged.get(name)?.people ?? 0) + group.people });
  }
  return [...merged.values()];
}

function sumOf(groups: readonly Group[]): number {
  return groups.reduce((sum, { people }) => sum + people, 0);
}

/** The largest first; of equal ones in the order of their names, so that the same people give the same tables. */
function bySize(left: Group, right: Group): number {
  if (left.people !== right.people) return right.people - left.people;
  return JSON.stringify(left) < JSON.stringify(right) ? -1 : 1;
}
