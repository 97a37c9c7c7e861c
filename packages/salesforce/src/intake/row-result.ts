import type { RawFault } from "../error/fault.ts";

/** What became of one row. */
export type RowResult =
  | { readonly isWritten: true; readonly created: boolean; readonly id: string | null }
  | { readonly isWritten: false; readonly errors: readonly RawFault[] };

const NO_ANSWER = "NO_ANSWER";

/** A row that got no answer of its own: nobody knows what became of it. */
export const UNANSWERED: RowResult = { isWritten: false, errors: [{ statusCode: NO_ANSWER }] };

/** The results of a collection, in the order of its rows; a refusal of the whole collection is one of every row. */
export function readRowResults(request: { status: number; body: unknown; count: number }): readonly RowResult[] {
  const { status, body, count } = request;
  const entries: readonly unknown[] = Array.isArray(body) ? body : [];
  if (status >= 300 || entries.length !== count || entries.some((entry) => !hasSuccess(entry))) {
    const errors = status >= 300 ? entries.filter(isRecord) : [];
    const refused: RowResult = errors.length === 0 ? UNANSWERED : { isWritten: false, errors };
    return Array.from({ length: count }, () => refused);
  }
  return entries.filter(isRecord).map(toRowResult);
}

function toRowResult(entry: Record<string, unknown>): RowResult {
  if (entry["success"] === true) {
    return { isWritten: true, created: entry["created"] === true, id: typeof entry["id"] === "string" ? entry["id"] : null };
  }
  const errors = Array.isArray(entry["errors"]) ? entry["errors"].filter(isRecord) : [];
  return { isWritten: false, errors };
}

function hasSuccess(entry: unknown): boolean {
  return isRecord(entry) && typeof entry["success"] === "boolean";
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether the row was sent and got no answer. */
export function isUnanswered(result: RowResult): boolean {
  return !result.isWritten && result.errors.some(({ statusCode }) => statusCode === NO_ANSWER);
}
