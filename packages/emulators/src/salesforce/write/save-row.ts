import { checkAddresses } from "../address/check-addresses.ts";
import type { Access } from "../access/access.ts";
import type { ObjectView } from "../access/object-view.ts";
import { formatDatetime } from "../store/format-datetime.ts";
import type { Org } from "../store/org.ts";
import { idOf, type FieldValue, type StoredRow } from "../store/stored-row.ts";
import { checkDuplicateRule } from "./check-duplicate-rule.ts";
import { checkRequired } from "./check-required.ts";
import { checkUnique } from "./check-unique.ts";
import { deriveFields } from "./derive-fields.ts";
import { generateFields } from "./generate-fields.ts";
import { formulaRowOf } from "./formula-row-of.ts";
import { checkPersonAccount, defaultRecordType, syncPersonContact } from "./person-account.ts";
import { readChanges, type Changes } from "./read-changes.ts";
import { checkEntry } from "./check-entry.ts";
import { refusedRow, type RowError, type RowResult } from "./row-error.ts";
import { runFlows, runValidationRules } from "./run-automation.ts";

export interface SaveRequest {
  readonly org: Org;
  readonly access: Access;
  readonly view: ObjectView;
  /** Null: a new row. */
  readonly prior: StoredRow | null;
  /** Never with the id, nor with the key by which the row was found. */
  readonly input: Readonly<Record<string, unknown>>;
}

/**
 * Saves one row in Salesforce's order: access, types and forms, before-save flows, required fields, validation rules,
 * unique values, duplicate rules. A refused row changes nothing.
 */
export function saveRow(request: SaveRequest): RowResult {
  const entryError = checkEntry(request);
  if (entryError !== null) return refusedRow(entryError);
  const { changes, errors } = readChanges({ ...request, isNew: request.prior === null });
  if (errors.length > 0) return refusedRow(...errors);
  const draft = createDraft({ ...request, changes });
  const refusals = judge({ ...request, draft, written: Object.keys(changes) });
  if (refusals.length > 0) return refusedRow(...refusals);
  store({ ...request, draft });
  return { id: idOf(draft.row()), success: true, errors: [] };
}

interface Draft {
  readonly row: () => StoredRow;
  readonly apply: (changes: Changes) => void;
}

function createDraft(request: SaveRequest & { changes: Changes }): Draft {
  const { org, view, prior, access } = request;
  let row: StoredRow = prior ?? newRow({ org, view, userId: access.userId });
  const apply = (changes: Changes): void => {
    row = withoutBlanks({ ...row, ...changes });
  };
  apply(request.changes);
  return { row: () => row, apply };
}

function newRow(request: { org: Org; view: ObjectView; userId: string }): StoredRow {
  const { org, view: { object }, userId } = request;
  const row: Record<string, FieldValue> = { Id: org.newId(object) };
  for (const field of object.fields.values()) if (field.defaultValue !== null) row[field.name] = field.defaultValue;
  if (object.fields.has("OwnerId")) row["OwnerId"] = userId;
  return row;
}

function judge(request: SaveRequest & { draft: Draft; written: readonly string[] }): readonly RowError[] {
  const { org, access, view: { object }, prior, draft } = request;
  const row = formulaRowOf({ org, object, userId: access.userId, prior, current: draft.row });
  const automation = { object, access, row, now: org.now() };
  const flowError = runFlows({ ...automation, apply: draft.apply });
  if (flowError !== null) return [flowError];
  const { error: addressError, changes: addressChanges } = checkAddresses({ object, row: draft.row(), written: request.written, isNew: prior === null });
  if (addressError !== null) return [addressError];
  const recordType = draft.row()["RecordTypeId"] === undefined ? defaultRecordType({ org, object, row: draft.row() }) : null;
  draft.apply({ ...addressChanges, ...(recordType === null ? {} : { RecordTypeId: recordType }) });
  const personError = checkPersonAccount({ org, object, row: draft.row(), written: request.written });
  if (personError !== null) return [personError];
  draft.apply(deriveFields({ org, object, row: draft.row() }));
  const requiredError = checkRequired({ org, object, row: draft.row() });
  if (requiredError !== null) return [requiredError];
  const broken = runValidationRules(automation);
  if (broken.length > 0) return broken;
  const lastError = checkUnique({ org, object, row: draft.row() }) ?? checkDuplicateRule({ org, object, access, row: draft.row(), prior });
  return lastError === null ? [] : [lastError];
}

function store(request: SaveRequest & { draft: Draft }): void {
  const { org, access, view: { object }, prior, draft } = request;
  const at = formatDatetime(org.now());
  draft.apply({
    LastModifiedDate: at,
    LastModifiedById: access.userId,
    SystemModstamp: at,
    ...(prior === null ? { CreatedDate: at, CreatedById: access.userId } : {}),
  });
  draft.apply(generateFields({ org, object, row: draft.row(), isNew: prior === null }));
  const contactId = object.name === "Account" ? syncPersonContact({ org, object, row: draft.row() }) : null;
  if (contactId !== null) draft.apply({ PersonContactId: contactId });
  const table = org.table(object.name);
  if (prior === null) table.insert(draft.row());
  else table.replace(draft.row());
}

function withoutBlanks(row: StoredRow): StoredRow {
  const kept: Record<string, FieldValue> = {};
  for (const name in row) {
    const value = row[name];
    if (value !== null && value !== undefined) kept[name] = value;
  }
  return kept;
}
