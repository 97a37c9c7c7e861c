import { unreadableInput, type CollectManyOptions, type SubmissionResult, type Volenti } from "@volenti/core";
import type { ImportMap } from "./import-map-schema.ts";
import { mergeResults, type ImportedRow } from "./merge-results.ts";
import { nameSubmissions } from "./name-submissions.ts";
import { planRow, type ImportedSubmission, type RowPlan } from "./plan-row.ts";
import type { ImportFields } from "./read-field.ts";

/** A row of a list, wherever it was read from. */
export interface ImportRow {
  /** From 1, of the row's beginning: rows may span lines. */
  readonly line: number;
  /** In bytes from the beginning of the list: where the next row begins. */
  readonly endOffset: number;
  /** Null where it does not fit the header. */
  readonly values: ImportFields | null;
}

/** A list, its map, and where it came from. */
export interface ImportRequest {
  /** As `readImportMap` checked it. */
  readonly map: ImportMap;
  /** Read once, row by row; never held as a whole. */
  readonly rows: AsyncIterable<ImportRow>;
  /** As `collectMany` takes them. */
  readonly options?: Omit<CollectManyOptions, "origin"> | undefined;
}

/**
 * Delivers earlier consents and profiles, a result a row, in order; streams. The same row again changes nothing. It never
 * brings back anybody who was erased, except for their refusals.
 */
export async function* importRows(request: { volenti: Volenti; request: ImportRequest }): AsyncGenerator<ImportedRow, void, undefined> {
  const { volenti } = request;
  const { rows, map, options } = request.request;
  const importedAt = volenti.clock.now();
  const waiting: WaitingRow[] = [];
  const submissions = plan({ volenti, rows, map, importedAt, waiting });
  for await (const answer of volenti.collectMany(submissions, { ...options, origin: "import" })) {
    const [row] = waiting;
    if (row === undefined) throw new RangeError("more results than submissions");
    row.answers.push(answer);
    if (row.answers.length < row.expected) continue;
    waiting.shift();
    const results = row.plan.submissions.length === 0 ? [] : row.answers;
    yield mergeResults({ place: row.place, plan: row.plan, results });
  }
}

interface WaitingRow {
  readonly place: { readonly line: number; readonly endOffset: number };
  readonly plan: RowPlan;
  readonly expected: number;
  readonly answers: SubmissionResult[];
}

/** A row that sends nothing sends what cannot be read, which keeps its place in the order. */
async function* plan(request: {
  volenti: Volenti;
  rows: AsyncIterable<ImportRow>;
  map: ImportMap;
  importedAt: number;
  waiting: WaitingRow[];
}): AsyncGenerator<unknown, void, undefined> {
  const { volenti, rows, map, importedAt, waiting } = request;
  for await (const { line, endOffset, values } of rows) {
    const rowPlan = planImportRow({ values, map, volenti, importedAt });
    const named = await nameSubmissions({ volenti, submissions: rowPlan.submissions });
    waiting.push({ place: { line, endOffset }, plan: rowPlan, expected: Math.max(1, named.length), answers: [] });
    if (named.length === 0) yield unreadableInput("malformedRow");
    else yield* named;
  }
}

const NOBODY: ImportedSubmission = { collectionPoint: "", occurredAt: "", country: "", subject: { identifiers: [] }, actor: { kind: "subject" } };

/** What would be sent for a row; also for a dry run. */
export function planImportRow(request: {
  values: ImportFields | null;
  map: ImportMap;
  volenti: Volenti;
  importedAt: number;
}): RowPlan {
  const { values, ...parts } = request;
  if (values !== null) return planRow({ ...parts, fields: values });
  return { submissions: [], whole: NOBODY, problems: [{ path: "row", code: "wrongColumnCount" }], remarks: [] };
}
