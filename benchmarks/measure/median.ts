/** The middle of the values, which one disturbed round does not move. Throws on none. */
export function median(values: readonly number[]): number {
  const ordered = values.toSorted((left, right) => left - right);
  const upper = ordered[ordered.length >> 1];
  const lower = ordered[(ordered.length - 1) >> 1];
  if (upper === undefined || lower === undefined) throw new RangeError("no values, no median");
  return (lower + upper) / 2;
}
