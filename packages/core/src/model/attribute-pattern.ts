/** Whether one of the dotted patterns (`email`, `address.*`, `*`) covers a dotted attribute name. */
export function matchesAnyAttribute(request: { patterns: readonly string[]; attribute: string }): boolean {
  const { patterns, attribute } = request;
  for (const pattern of patterns) if (matches(pattern, attribute)) return true;
  return false;
}

function matches(pattern: string, attribute: string): boolean {
  if (pattern === "*" || pattern === attribute) return true;
  if (pattern.endsWith(".*")) return attribute.startsWith(groupOf(pattern));
  // A whole group may be named without its star.
  return attribute[pattern.length] === "." && attribute.startsWith(pattern);
}

/** What each pattern of a group begins with, kept: every attribute of every submission asks. */
const GROUPS = new Map<string, string>();
const MOST_GROUPS = 1000;

/** `address.` of `address.*`. */
function groupOf(pattern: string): string {
  const known = GROUPS.get(pattern);
  if (known !== undefined) return known;
  const group = pattern.slice(0, -1);
  if (GROUPS.size < MOST_GROUPS) GROUPS.set(pattern, group);
  return group;
}
