/**
 * The text form of PostgreSQL's arrays of numbers.
 * https://www.postgresql.org/docs/current/arrays.html#ARRAYS-IO
 */
export function toArrayLiteral(values: readonly number[]): string {
  return `{${values.join(",")}}`;
}

/** The same for text, and for what is sent as text. */
export function toTextArrayLiteral(values: readonly string[]): string {
  return `{${values.map(quote).join(",")}}`;
}

function quote(value: string): string {
  return `"${/["\\]/.test(value) ? value.replaceAll(/["\\]/g, String.raw`\$&`) : value}"`;
}
