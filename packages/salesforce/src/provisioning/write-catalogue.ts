import { ConnectorError, type JsonValue } from "@volenti/core/adapter";
import type { RawFault } from "../error/fault.ts";
import { mapRowError } from "../error/map-row-error.ts";
import type { OrgRow } from "../mapping/org-row.ts";
import { KEY_FIELD } from "../schema/names.ts";
import { CONNECTOR_ID, type SalesforceSession } from "../transport/salesforce-session.ts";
import type { CatalogueRow } from "./catalogue-row.ts";
import type { NoticePlan } from "./plan-notices.ts";

const OPERATION = "provisioning.apply";
const ROWS_PER_CALL = 200;
/** Another who provisions at the same time was first: the row is there, as wanted. */
const MADE_MEANWHILE: ReadonlySet<string> = new Set(["DUPLICATE_VALUE", "DUPLICATE_EXTERNAL_ID"]);

interface WrittenRow {
  readonly id: string | null;
}

/** Purposes and channels, by their keys. */
export async function writeCatalogueRows(request: { session: SalesforceSession; rows: readonly CatalogueRow[] }): Promise<void> {
  const { session, rows } = request;
  for (const [objectName, ofObject] of Map.groupBy(rows, (row) => row.objectName)) {
    const records = ofObject.map(({ row }) => ({ objectName, row }));
    await sendRecords({ session, records, method: "PATCH", path: ["composite", "sobjects", objectName, KEY_FIELD] });
  }
}

/** Notices: forms first, because texts and uses hang on them. */
export async function writeNotices(request: { session: SalesforceSession; notices: readonly NoticePlan[] }): Promise<void> {
  const { session, notices } = request;
  const path = ["composite", "sobjects"];
  const missing = notices.filter(({ formId }) => formId === null);
  const records = missing.map(({ form }) => ({ objectName: "AuthorizationForm", row: form }));
  const made = await sendRecords({ session, records, method: "POST", path });
  const ids = new Map(missing.map(({ formName }, index) => [formName, made[index]?.id ?? null] as const));
  const children = notices.flatMap(({ formName, formId, children: rows }) => {
    const id = formId ?? ids.get(formName) ?? null;
    return id === null ? [] : rows.map(({ objectName, row }) => ({ objectName, row: { ...row, AuthorizationFormId: id } }));
  });
  // One type after the other: a call takes few changes of type.
  for (const ofObject of Map.groupBy(children, ({ objectName }) => objectName).values()) {
    await sendRecords({ session, records: ofObject, method: "POST", path });
  }
}

async function sendRecords(request: {
  session: SalesforceSession;
  records: readonly { objectName: string; row: OrgRow }[];
  method: "POST" | "PATCH";
  path: readonly string[];
}): Promise<readonly WrittenRow[]> {
  const { session, records, method, path } = request;
  const written: WrittenRow[] = [];
  for (let start = 0; start < records.length; start += ROWS_PER_CALL) {
    const chunk = records.slice(start, start + ROWS_PER_CALL);
    const body: JsonValue = {
      allOrNone: false,
      records: chunk.map(({ objectName, row }) => ({ attributes: { type: objectName }, ...row })),
    };
    const answer = await session.call({ operation: OPERATION, method, path, body, changes: true });
    written.push(...readResults({ body: answer.body, count: chunk.length }));
  }
  return written;
}

function readResults(request: { body: unknown; count: number }): readonly WrittenRow[] {
  const { body, count } = request;
  const results: readonly unknown[] = Array.isArray(body) ? body : [];
  if (results.length !== count) throw new ConnectorError({ code: "outcomeUnknown", connectorId: CONNECTOR_ID, operation: OPERATION });
  return results.map((result): WrittenRow => {
    const { success, id, errors } = (result ?? {}) as { success?: unknown; id?: unknown; errors?: unknown };
    if (success === true) return { id: typeof id === "string" ? id : null };
    const faults = Array.isArray(errors) ? (errors as RawFault[]) : [];
    if (faults.some(({ statusCode }) => typeof statusCode === "string" && MADE_MEANWHILE.has(statusCode))) return { id: null };
    throw mapRowError({ errors: faults, operation: OPERATION });
  });
}
