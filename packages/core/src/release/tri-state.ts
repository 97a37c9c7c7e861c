/** Kleene's three values, in order: `and` is the lesser of two, `or` the greater. */
export type TriState = 0 | 1 | 2;
export const FALSE: TriState = 0;
export const UNKNOWN: TriState = 1;
export const TRUE: TriState = 2;

export function not(value: TriState): TriState {
  return value === TRUE ? FALSE : value === FALSE ? TRUE : UNKNOWN;
}
