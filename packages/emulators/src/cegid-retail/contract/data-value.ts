/** What a member holds: a date as `YYYY-MM-DDThh:mm:ss` of the server's zone, an enumeration as its literal. */
export type DataValue = string | number | boolean | null | DataRecord | readonly DataValue[];

/** Members by name. One that is not there was absent on the wire; null: nil. */
export interface DataRecord {
  readonly [member: string]: DataValue;
}

export function isRecord(value: DataValue | undefined): value is DataRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The text at a path of members, such as `EmailData.Email`; empty where there is none. */
export function textAt(request: { record: DataRecord; path: string }): string {
  const value = valueAt(request);
  return typeof value === "string" ? value : "";
}

export function valueAt(request: { record: DataRecord; path: string }): DataValue | undefined {
  let value: DataValue | undefined = request.record;
  for (const name of request.path.split(".")) value = isRecord(value) ? value[name] : undefined;
  return value;
}

/** The records of an array; empty where there is none. */
export function itemsAt(request: { record: DataRecord; path: string }): readonly DataRecord[] {
  const value = valueAt(request);
  return Array.isArray(value) ? (value as readonly DataValue[]).filter((item) => isRecord(item)) : [];
}
