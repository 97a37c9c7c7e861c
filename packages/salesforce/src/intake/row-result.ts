import type { RawFault } from "../error/fault.ts";

/** What became of one row. */
export type RowResult =
  | { readonly isWritten: true; readonly created: boolean }
  | { readonly isWritten: false; readonly errors: readonly RawFault[] };

const NO_ANSWER = "NO_ANSWER";

/** A row that got no answer of its own: nobody knows what became of it. */
export const UNANSWERED: RowResult = { isWritten: false, errors: [{ statusCode: NO_ANSWER }] };

export const CREATED: RowResult = { isWritten: true, created: true };
export const UPDATED: RowResult = { isWritten: true, created: false };

/** The results of a collection, in the order of its rows; a refusal of the whole collection is one of every row. */
export function readRowResults(request: { status: number; body: unknown; count: number }): readonly RowResult[] {
  const { status, body, count } = request;
  const entries: readonly unknown[] = Array.isArray(body) ? body : [];
  const results = status < 300 && entries.length === count ? readEach(entries) : null;
  if (results !== null) return results;
  const errors = status >= 300 ? entries.filter(isRecord) : [];
  const refused: RowResult = errors.length === 0 ? UNANSWERED : { isWritten: false, errors };
  return Array.from({ length: count }, () => refused);
}

/** Null where one of them is no result. */
function readEach(entries: readonly unknown[]): readonly RowResult[] | null {
  const results: RowResult[] = [];
  for (const entry of entries) {
    const result = isRecord(entry) ? toRowResult(entry) : null;
    if (result === null) return null;
    results.push(result);
  }
  return results;
}

function toRowResult(entry: Record<string, unknown>): RowResult | null {
  const { success, created, errors } = entry;
  if (success === true) return created === true ? CREATED : UPDATED;
  if (success !== false) return null;
  return { isWritten: false, errors: Array.isArray(errors) ? errors.filter(isRecord) : [] };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether the row was sent and got no answer. */
export function isUnanswered(result: RowResult): boolean {
  return !result.isWritten && result.errors.some(({ statusCode }) => statusCode === NO_ANSWER);
}
