/** Whether one of the dotted patterns (`email`, `address.*`, `*`) covers a dotted attribute name. */
export function matchesAnyAttribute(request: { patterns: readonly string[]; attribute: string }): boolean {
  const { patterns, attribute } = request;
  for (const pattern of patterns) if (matches(pattern, attribute)) return true;
  return false;
}

function matches(pattern: string, attribute: string): boolean {
  if (pattern === "*" || pattern === attribute) return true;
  if (pattern.endsWith(".*")) return attribute.startsWith(pattern.slice(0, -1));
  // A whole group may be named without its star.
  return attribute[pattern.length] === "." && attribute.startsWith(pattern);
}
