import type { ConnectorError, JsonValue } from "@volenti/core/adapter";
import type { RULE_MARKERS } from "../schema/names.ts";

/**
 * A row as collections take it: fields by API name, parents as `{ Party: { VolentiRef__c: "…" } }` (with `attributes.type`
 * where the reference is polymorphic). Null clears a field, and so does an empty text; an absent one is left as it is.
 */
export type BulkRow = Readonly<Record<string, JsonValue>>;

/** What became of one row, told by its key. */
export interface BulkResult {
  /** As the row had it; empty where it had none. */
  readonly key: string;
  /** `notAttempted`: nothing was applied, the same row may come again. `unknown`: nobody knows. */
  readonly outcome: "created" | "updated" | "failed" | "notAttempted" | "unknown";
  /** Absent for what was written. */
  readonly error?: ConnectorError | undefined;
  /** Which of our validation rules refused it; null where none did. */
  readonly marker: keyof typeof RULE_MARKERS | null;
}
