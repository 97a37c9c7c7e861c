export type FieldValue = string | number | boolean | null;

/** A record: values by API name, as JSON shows them. What is null is absent. Never changed in place: replaced. */
export type StoredRow = Readonly<Record<string, FieldValue | undefined>>;

/** The id of a row, 18 characters. */
export function idOf(row: StoredRow): string {
  return String(row["Id"]);
}
