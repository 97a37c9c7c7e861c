/** Refs that some ledger says are one person, together. */
export function groupRefs(lists: readonly (readonly string[])[]): readonly ReadonlySet<string>[] {
  let groups: Set<string>[] = [];
  for (const list of lists) {
    const touched = groups.filter((group) => list.some((ref) => group.has(ref)));
    groups = [...groups.filter((group) => !touched.includes(group)), new Set([...touched.flatMap((group) => [...group]), ...list])];
  }
  return groups;
}
