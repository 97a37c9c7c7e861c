export type BulkOperation = "insert" | "update" | "upsert" | "delete" | "hardDelete";
export type BulkState = "Open" | "UploadComplete" | "InProgress" | "JobComplete" | "Failed" | "Aborted";

/** One job of the Bulk API 2.0. */
export interface BulkJob {
  readonly id: string;
  readonly object: string;
  readonly operation: BulkOperation;
  readonly externalIdFieldName: string | null;
  readonly lineEnding: "LF" | "CRLF";
  readonly columnDelimiter: string;
  readonly apiVersion: number;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  state: BulkState;
  /** The one upload; null until it came. */
  content: Uint8Array | null;
  /** Why the whole job failed. */
  errorMessage: string | null;
  /** The columns of the upload, and what became of each of its rows. */
  columns: readonly string[];
  rows: readonly BulkRow[];
}

export interface BulkRow {
  readonly cells: readonly string[];
  readonly outcome: BulkOutcome;
}

export type BulkOutcome =
  | { readonly kind: "success"; readonly id: string; readonly created: boolean }
  | { readonly kind: "failure"; readonly id: string; readonly error: string }
  | { readonly kind: "unprocessed" };
