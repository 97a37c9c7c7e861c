import type { OrgRow } from "../mapping/org-row.ts";
import { describeBlanks, leastBlanks, raiseStamps } from "./blank-values.ts";
import { updateRecords } from "./change-records.ts";
import type { ErasureTerms } from "./erase-people.ts";
import type { OrgRecord } from "./org-record.ts";
import type { Settings } from "../settings.ts";

const RECYCLE_BIN_IN_MS = 15 * 86_400_000;

/**
 * Writes over every value of the records. Where a rule of the org's refuses that, all but the fields that it names; where
 * that is refused too, at least what we wrote ourselves. A record that keeps a value is told: deleted, it lies in the
 * recycle bin with it.
 */
export async function blankRecords(request: ErasureTerms & { records: readonly OrgRecord[]; isDeletedNext: boolean }): Promise<void> {
  const { records, isDeletedNext, ...terms } = request;
  const { settings } = terms.session;
  const blanks = await describeBlanks({ ...terms, objectNames: [...new Set(records.map(({ objectName }) => objectName))] });
  const toUpdate = (record: OrgRecord, values: OrgRow): RecordUpdate => ({ record, values: withStamps({ record, values, settings }) });
  const whole = await tryUpdates({ terms, updates: records.map((record) => toUpdate(record, blanks.get(record.objectName) ?? {})) });
  const named = whole.filter(({ values, fieldNames }) => fieldNames.some((name) => name in values));
  const partly = await tryUpdates({ terms, updates: named.map(({ record, values, fieldNames }) => ({ record, values: without({ values, fieldNames }) })) });
  const rest = [...whole.filter((refused) => !named.includes(refused)), ...partly];
  await tryUpdates({ terms, updates: rest.map(({ record }) => toUpdate(record, leastBlanks({ objectName: record.objectName, settings }))) });
  if (whole.length === 0) return;
  const until = new Date(terms.session.context(terms.operation).clock.now() + RECYCLE_BIN_IN_MS).toISOString();
  if (isDeletedNext) terms.tally.retained({ kind: "recycleBin", count: whole.length, reason: "valuesInRecycleBin", until });
  else terms.tally.retained({ kind: "values", count: whole.length, reason: "refusedBySystem" });
}

interface RecordUpdate {
  readonly record: OrgRecord;
  readonly values: OrgRow;
}

/** Answers those that were refused for good. */
async function tryUpdates(request: { terms: ErasureTerms; updates: readonly RecordUpdate[] }): Promise<readonly (RecordUpdate & { fieldNames: readonly string[] })[]> {
  const updates = request.updates.filter(({ values }) => Object.keys(values).length > 0);
  const changes = await updateRecords({ ...request.terms, updates });
  return updates.flatMap((update, index) => {
    const change = changes[index];
    return change?.kind === "refused" ? [{ ...update, fieldNames: change.fieldNames }] : [];
  });
}

function withStamps(request: { record: OrgRecord; values: OrgRow; settings: Settings }): OrgRow {
  const { record, values, settings } = request;
  if (record.objectName !== settings.profile.objectName || Object.keys(values).length === 0) return values;
  return { ...values, ...raiseStamps({ row: record.row, settings }) };
}

function without(request: { values: OrgRow; fieldNames: readonly string[] }): OrgRow {
  const { values, fieldNames } = request;
  return Object.fromEntries(Object.entries(values).filter(([name]) => !fieldNames.includes(name)));
}
