import type { CataloguedPurpose } from "@volenti/core/adapter";
import type { OrgRow } from "../mapping/org-row.ts";
import { digestKeys, purposeKeySource } from "../mapping/row-keys.ts";
import { fieldName, soql } from "../query/soql.ts";
import { KEY_FIELD } from "../schema/names.ts";
import type { SalesforceSession } from "../transport/salesforce-session.ts";
import { renderRows, type CatalogueRow } from "./catalogue-row.ts";
import type { ObjectDescription } from "./describe-object.ts";
import { queryRows } from "./query-rows.ts";
import { textOf } from "./text-of.ts";

const OBJECT = "DataUsePurpose";
const LONGEST_NAME = 255;

/** The current purposes of the configuration that the org does not have, or has otherwise. */
export async function planPurposes(request: {
  session: SalesforceSession;
  description: ObjectDescription | null;
  operation: string;
}): Promise<readonly CatalogueRow[]> {
  const { session, description, operation } = request;
  const { controllerId, crypto, catalogue } = session.context(operation);
  const purposes = catalogue.purposes.filter(({ current }) => current);
  const keys = await digestKeys({ crypto, sources: purposes.map(({ key: purpose }) => purposeKeySource({ controllerId, purpose })) });
  const wanted = purposes.map((purpose, index) => ({ purpose, row: toRow({ purpose, key: keys[index] ?? "", description }) }));
  const standing = await readStanding({ session, operation, description, keys });
  return wanted
    .filter(({ row }) => !isSame({ row, standing: standing.get(textOf(row, KEY_FIELD)) }))
    .map(({ purpose, row }): CatalogueRow => {
      const isNew = !standing.has(textOf(row, KEY_FIELD));
      return {
        objectName: OBJECT,
        row,
        isNew,
        step: {
          id: `purpose ${purpose.key}`,
          title: `${isNew ? "Add" : "Change"} the purpose ${purpose.key} as a Data Use Purpose`,
          statement: renderRows([{ objectName: OBJECT, row }]),
        },
      };
    });
}

/** Only what this user may write: a hidden description is no reason not to have the purpose. */
function toRow(request: { purpose: CataloguedPurpose; key: string; description: ObjectDescription | null }): OrgRow {
  const { purpose, key, description } = request;
  const { label, key: name, version, basis, mechanism } = purpose;
  const words = label["en"] ?? Object.values(label)[0] ?? name;
  const row: OrgRow = { [KEY_FIELD]: key, Name: words.slice(0, LONGEST_NAME) };
  const longest = description?.fields.get("Description")?.length ?? LONGEST_NAME;
  const optional: OrgRow = {
    Description: `Volenti purpose ${name}, version ${version} (${basis}, ${mechanism})`.slice(0, longest),
    CanDataSubjectOptOut: mechanism !== "noticeOnly",
  };
  for (const [field, value] of Object.entries(optional)) {
    if (description === null || description.fields.get(field)?.isCreateable === true) row[field] = value;
  }
  return row;
}

async function readStanding(request: {
  session: SalesforceSession;
  operation: string;
  description: ObjectDescription | null;
  keys: readonly string[];
}): Promise<ReadonlyMap<string, Readonly<Record<string, unknown>>>> {
  const { session, operation, description, keys } = request;
  // Without the key field the org cannot have any of them.
  if (keys.length === 0 || description?.fields.has(KEY_FIELD) !== true) return new Map();
  const fields = [KEY_FIELD, "Name", "Description", "CanDataSubjectOptOut"].filter((field) => description.fields.has(field)).map(fieldName);
  const rows = await queryRows({ session, operation, soql: soql`SELECT ${fields} FROM DataUsePurpose WHERE ${fieldName(KEY_FIELD)} IN ${keys}` });
  return new Map(rows.map((row) => [textOf(row, KEY_FIELD).toLowerCase(), row] as const));
}

function isSame(request: { row: OrgRow; standing: Readonly<Record<string, unknown>> | undefined }): boolean {
  const { row, standing } = request;
  return standing !== undefined && Object.entries(row).every(([field, value]) => field === KEY_FIELD || standing[field] === value);
}
