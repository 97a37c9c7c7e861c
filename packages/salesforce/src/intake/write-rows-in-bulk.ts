import type { ConnectorError } from "@volenti/core/adapter";
import type { RawFault } from "../error/fault.ts";
import type { BulkResult } from "../bulk/bulk-row.ts";
import { runBulkUpsert } from "../bulk/run-bulk-upsert.ts";
import { RULE_MARKERS } from "../schema/names.ts";
import { ROW_KINDS, type PersonRows, type RowKind } from "./pack-requests.ts";
import { CREATED, UNANSWERED, UPDATED, type RowResult } from "./row-result.ts";
import { makeAll } from "./rows-of-kind.ts";
import type { CallTerms } from "./send-composite.ts";
import { targetOf, type WrittenRows } from "./write-rows.ts";

/**
 * Writes the rows of very many people by Bulk API 2.0: a job a kind of row, parents first, matched by their keys. What a
 * person's rows meet is told as by the collections; a kind whose job failed leaves its rows to another try.
 */
export async function writeRowsInBulk(request: CallTerms & { people: readonly PersonRows[] }): Promise<readonly WrittenRows[]> {
  const { people } = request;
  const byKind = new Map<RowKind, ReadonlyMap<string, RowResult>>();
  for (const kind of ROW_KINDS) byKind.set(kind, await writeKind({ ...request, kind }));
  return people.map((rows): WrittenRows => {
    const resultsOf = (kind: RowKind): readonly RowResult[] => {
      const { keyField } = targetOf({ kind, settings: request.session.settings });
      return makeAll(rows[kind]).map((row) => byKind.get(kind)?.get(JSON.stringify(row[keyField])) ?? UNANSWERED);
    };
    const [individual = [], profile = [], states = [], decisions = [], flags = []] = ROW_KINDS.map(resultsOf);
    return { results: { individual, profile, states, decisions, flags } };
  });
}

async function writeKind(request: CallTerms & { people: readonly PersonRows[]; kind: RowKind }): Promise<ReadonlyMap<string, RowResult>> {
  const { session, operation, isUrgent, signal, people, kind } = request;
  const { objectName, keyField } = targetOf({ kind, settings: session.settings });
  const rows = people.flatMap((person) => makeAll(person[kind]));
  const results = new Map<string, RowResult>();
  if (rows.length === 0) return results;
  for await (const result of runBulkUpsert({ session, objectName, keyField, rows, operation, isUrgent, signal })) results.set(JSON.stringify(result.key), toRowResult(result));
  return results;
}

function toRowResult({ outcome, error, marker }: BulkResult): RowResult {
  if (outcome === "created") return CREATED;
  if (outcome === "updated") return UPDATED;
  if (outcome === "unknown") return UNANSWERED;
  if (outcome === "notAttempted") return { isWritten: false, errors: [{ statusCode: "PROCESSING_HALTED" }] };
  return { isWritten: false, errors: [toFault({ error, marker })] };
}

function toFault(request: { error: ConnectorError | undefined; marker: BulkResult["marker"] }): RawFault {
  const { error, marker } = request;
  if (marker !== null) return { statusCode: "FIELD_CUSTOM_VALIDATION_EXCEPTION", message: RULE_MARKERS[marker] };
  return { statusCode: error?.providerCode, fields: error?.fieldNames ?? [] };
}
