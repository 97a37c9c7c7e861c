import type { StoredRow } from "../store/stored-row.ts";
import type { ApiAnswer } from "./api-answer.ts";

/** What `If-Modified-Since` (of reads) and `If-Unmodified-Since` (of reads and updates) answer instead of the row; null: go on. */
export function checkConditions(request: { method: string; headers: Headers; row: StoredRow }): ApiAnswer | null {
  const { method, headers, row } = request;
  const changedAt = Date.parse(String(row["LastModifiedDate"] ?? "").replace("+0000", "Z"));
  const isRead = method === "GET" || method === "HEAD";
  const [modifiedSince, unmodifiedSince] = [momentIn(headers, "If-Modified-Since"), momentIn(headers, "If-Unmodified-Since")];
  if ((isRead || method === "PATCH") && unmodifiedSince !== null && changedAt > unmodifiedSince) return { status: 412 };
  return isRead && modifiedSince !== null && changedAt <= modifiedSince ? { status: 304 } : null;
}

function momentIn(headers: Headers, name: string): number | null {
  const at = Date.parse(headers.get(name) ?? "");
  return Number.isNaN(at) ? null : at;
}
