import type { SalesforceRow } from "../transport/salesforce-session.ts";

/** A record of the org that an erasure deals with. */
export interface OrgRecord {
  readonly objectName: string;
  readonly id: string;
  readonly row: SalesforceRow;
}

export function toOrgRecords(request: { objectName: string; rows: readonly SalesforceRow[] | null }): readonly OrgRecord[] {
  const { objectName, rows } = request;
  return (rows ?? []).flatMap((row) => (typeof row["Id"] === "string" ? [{ objectName, id: row["Id"], row }] : []));
}

/** Each record once: several queries may find it. */
export function distinctRecords(records: readonly OrgRecord[]): readonly OrgRecord[] {
  return [...new Map(records.map((record) => [record.id, record])).values()];
}

export function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
