/** A text among the values of a row; empty where it holds none. */
export function textOf(row: Readonly<Record<string, unknown>> | undefined, field: string): string {
  const value = row?.[field];
  return typeof value === "string" ? value : "";
}
