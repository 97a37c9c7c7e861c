import type { JsonValue } from "@volenti/core/adapter";
import { mapRowError } from "../error/map-row-error.ts";
import { readRowResults, UNANSWERED, type RowResult } from "../intake/row-result.ts";
import { sendComposite, type CallTerms } from "../intake/send-composite.ts";
import type { OrgRow } from "../mapping/org-row.ts";
import type { OrgRecord } from "./org-record.ts";

const ROWS_PER_COLLECTION = 200;
const COLLECTIONS_PER_CALL = 5;
/** Somebody else was faster, or an earlier run of ours that was interrupted. */
const GONE = new Set(["ENTITY_IS_DELETED", "INVALID_CROSS_REFERENCE_KEY", "NOT_FOUND", "MALFORMED_ID"]);
const REASONS: ReadonlyMap<string, string> = new Map([
  ["DELETE_FAILED", "referencedByOtherRecords"],
  ["DEPENDENCY_EXISTS", "referencedByOtherRecords"],
  ["CANNOT_UPDATE_CONVERTED_LEAD", "convertedLead"],
]);

/** What became of one record. `refused`: for good, with the reason in code words and the fields that the org names. */
export type RecordChange =
  | { readonly kind: "done" }
  | { readonly kind: "gone" }
  | { readonly kind: "refused"; readonly reason: string; readonly fieldNames: readonly string[] };

/** Writes values over records by id, in order; rejects where another try may succeed, so that nothing is said of it yet. */
export async function updateRecords(
  request: CallTerms & { updates: readonly { readonly record: OrgRecord; readonly values: OrgRow }[] },
): Promise<readonly RecordChange[]> {
  const { updates, ...terms } = request;
  const collections = toCollections(updates);
  const changes = new Map<OrgRecord, RecordChange>();
  for (let start = 0; start < collections.length; start += COLLECTIONS_PER_CALL) {
    const part = collections.slice(start, start + COLLECTIONS_PER_CALL);
    const subrequests = part.map((rows, index) => ({
      method: "PATCH" as const,
      path: ["composite", "sobjects"],
      referenceId: `rows${index}`,
      body: { allOrNone: false, records: rows.map(toBody) },
    }));
    const answers = await sendComposite({ ...terms, subrequests, changes: true });
    part.forEach((rows, index) => {
      const answer = answers[index];
      const results = readRowResults({ status: answer?.status ?? 0, body: answer?.body, count: rows.length });
      rows.forEach(({ record }, position) => changes.set(record, readChange({ result: results[position] ?? UNANSWERED, operation: terms.operation })));
    });
  }
  return updates.map(({ record }) => changes.get(record) ?? { kind: "gone" });
}

/** Deletes records by id, in order, 200 a call; rejects where another try may succeed. */
export async function deleteRecords(request: CallTerms & { records: readonly OrgRecord[] }): Promise<readonly RecordChange[]> {
  const { records, session, ...terms } = request;
  const changes: RecordChange[] = [];
  for (let start = 0; start < records.length; start += ROWS_PER_COLLECTION) {
    const part = records.slice(start, start + ROWS_PER_COLLECTION);
    const answer = await session.call({
      ...terms,
      method: "DELETE",
      path: ["composite", "sobjects"],
      query: { ids: part.map(({ id }) => id).join(","), allOrNone: "false" },
      changes: true,
    });
    const results = readRowResults({ status: answer.status, body: answer.body, count: part.length });
    changes.push(...results.map((result) => readChange({ result, operation: terms.operation })));
  }
  return changes;
}

/** One type a collection: users are of another kind than people's records, and cannot be changed together with them. */
function toCollections<Row extends { readonly record: OrgRecord }>(rows: readonly Row[]): readonly (readonly Row[])[] {
  const collections: Row[][] = [];
  for (const row of rows) {
    const last = collections.findLast((collection) => collection[0]?.record.objectName === row.record.objectName);
    if (last === undefined || last.length >= ROWS_PER_COLLECTION) collections.push([row]);
    else last.push(row);
  }
  return collections;
}

function toBody(update: { record: OrgRecord; values: OrgRow }): JsonValue {
  return { attributes: { type: update.record.objectName }, Id: update.record.id, ...update.values };
}

function readChange(request: { result: RowResult; operation: string }): RecordChange {
  const { result, operation } = request;
  if (result.isWritten) return { kind: "done" };
  if (result.errors.some(({ statusCode, errorCode }) => GONE.has(String(statusCode ?? errorCode)))) return { kind: "gone" };
  const error = mapRowError({ errors: result.errors, operation });
  if (error.retry.kind !== "never" || error.providerCode === "NO_ANSWER") throw error;
  const reason = REASONS.get(error.providerCode ?? "") ?? (error.code === "forbidden" ? "forbidden" : "refusedBySystem");
  return { kind: "refused", reason, fieldNames: error.fieldNames ?? [] };
}
