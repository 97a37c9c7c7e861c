/** Whether a dotted pattern (`email`, `address.*`, `*`) covers a dotted attribute name. */
export function matchesAttribute(request: { pattern: string; attribute: string }): boolean {
  const { pattern, attribute } = request;
  if (pattern === "*" || pattern === attribute) return true;
  if (pattern.endsWith(".*")) return attribute.startsWith(pattern.slice(0, -1));
  // A whole group may be named without its star.
  return attribute.startsWith(`${pattern}.`);
}

export function matchesAnyAttribute(request: { patterns: readonly string[]; attribute: string }): boolean {
  return request.patterns.some((pattern) => matchesAttribute({ pattern, attribute: request.attribute }));
}
