/** Plain data without members that are undefined, which JSON does not know: to a caller in JavaScript they are absent. */
export function dropUndefined(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(dropUndefined);
  const kept: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(value)) if (member !== undefined) kept[key] = dropUndefined(member);
  return kept;
}
