/** Takes one member out of a row, its name without regard to case. `value` is undefined where the row has no such member. */
export function splitKey(request: { row: Readonly<Record<string, unknown>>; name: string }): {
  value: unknown;
  rest: Record<string, unknown>;
} {
  const wanted = request.name.toLowerCase();
  const rest: Record<string, unknown> = {};
  let value: unknown;
  for (const [name, member] of Object.entries(request.row)) {
    if (name.toLowerCase() === wanted) value = member;
    else rest[name] = member;
  }
  return { value, rest };
}
