import type { OrgSchema } from "../schema/org-schema.ts";
import type { RowResult } from "../write/row-error.ts";
import type { BulkJobStore } from "./bulk-job-store.ts";

type Row = Record<string, unknown>;

/** One call of the Bulk API 2.0, with the org that it reaches. Values of rows are texts, as CSV has them, or null. */
export interface BulkRequest {
  readonly request: Request;
  readonly jobs: BulkJobStore;
  readonly schema: OrgSchema;
  readonly upsertRows: (request: { objectName: string; keyField: string; rows: Row[] }) => readonly RowResult[];
  readonly deleteRows: (request: { objectName: string; ids: string[] }) => readonly RowResult[];
  readonly createRows: (request: { objectName: string; rows: Row[] }) => readonly RowResult[];
  readonly updateRows: (request: { objectName: string; rows: Row[] }) => readonly RowResult[];
  /** Whether the caller sees a field; what is hidden is no column. */
  readonly isVisible: (request: { objectName: string; fieldName: string }) => boolean;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly userId?: string;
}
