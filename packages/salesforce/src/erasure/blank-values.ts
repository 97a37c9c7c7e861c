import type { JsonValue } from "@volenti/core/adapter";
import { sendComposite, type CallTerms } from "../intake/send-composite.ts";
import type { OrgRow } from "../mapping/org-row.ts";
import type { Settings } from "../settings.ts";

/** What takes the place of a value that cannot be absent. */
export const ERASED_TEXT = "Erased";
const FILLERS: ReadonlyMap<string, string> = new Map([
  ["string", ERASED_TEXT],
  ["textarea", ERASED_TEXT],
  ["email", "erased@erased.invalid"],
  ["phone", "0"],
]);
/** Types that hold no words about a person, or cannot be absent. */
const KEPT_TYPES = new Set(["id", "reference", "boolean", "address", "location", "anyType", "complexvalue", "base64"]);
/** Of an account these belong to the person; the others are a company's, and some cannot be written on a person account. */
const OF_PERSON_ACCOUNT = /^(?:Person|FirstName$|MiddleName$|LastName$|Salutation$|Suffix$|Phone$|Fax$|Website$|Description$|Billing|Shipping|\w+__(?:c|pc)$)/;

interface FieldDescription {
  readonly name: string;
  readonly type: string;
  readonly updateable: boolean;
  readonly nillable: boolean;
  readonly defaultedOnCreate: boolean;
}

/**
 * What to write over a record of each object before it is deleted, since a deleted record lies in the recycle bin for
 * days: every value that the user may change, as the org's own describe tells. An object that cannot be described has
 * its mapped attributes blanked at least.
 */
export async function describeBlanks(request: CallTerms & { objectNames: readonly string[] }): Promise<ReadonlyMap<string, OrgRow>> {
  const { objectNames, ...terms } = request;
  const { settings } = terms.session;
  const subrequests = objectNames.map((name, index) => ({ method: "GET" as const, path: ["sobjects", name, "describe"], referenceId: `describe${index}` }));
  if (subrequests.length === 0) return new Map();
  const answers = await sendComposite({ ...terms, subrequests, changes: false });
  return new Map(
    objectNames.map((objectName, index) => {
      const answer = answers[index];
      const fields = answer === undefined || answer.status >= 300 ? [] : readFields(answer.body);
      return [objectName, fields.length === 0 ? leastBlanks({ objectName, settings }) : toBlanks({ objectName, fields, settings })] as const;
    }),
  );
}

/** The least that is written over where the org refuses the rest: what we may have written ourselves. */
export function leastBlanks(request: { objectName: string; settings: Settings }): OrgRow {
  const { objectName, settings } = request;
  if (objectName === "Individual") return { LastName: ERASED_TEXT };
  if (objectName !== settings.profile.objectName) return {};
  const values = [...settings.profile.fields.values()].map(({ field }): [string, JsonValue] => [field, field === "LastName" ? settings.placeholderFamilyName : null]);
  return Object.fromEntries(values);
}

function toBlanks(request: { objectName: string; fields: readonly FieldDescription[]; settings: Settings }): OrgRow {
  const { objectName, fields, settings } = request;
  const mapped = new Set([...settings.profile.fields.values()].flatMap(({ field, codeField }) => [field, ...(codeField === undefined ? [] : [codeField])]));
  const isProfile = objectName === settings.profile.objectName;
  const row: OrgRow = {};
  for (const field of fields) {
    if (!field.updateable || KEPT_TYPES.has(field.type)) continue;
    // Our own fields say who the record is of, until it is gone: an erasure that was interrupted finds it again by them.
    if (field.name.startsWith("Volenti") && !(isProfile && mapped.has(field.name))) continue;
    if (objectName === "Account" && !mapped.has(field.name) && !OF_PERSON_ACCOUNT.test(field.name)) continue;
    if (field.name === "LastName") row[field.name] = isProfile ? settings.placeholderFamilyName : ERASED_TEXT;
    else if (field.nillable) row[field.name] = null;
    else if (!field.defaultedOnCreate && FILLERS.has(field.type)) row[field.name] = FILLERS.get(field.type) ?? null;
  }
  return row;
}

function readFields(body: unknown): readonly FieldDescription[] {
  const { fields } = (body ?? {}) as { fields?: unknown };
  if (!Array.isArray(fields)) return [];
  return fields.flatMap((field: unknown) => {
    if (typeof field !== "object" || field === null) return [];
    const { name, type, updateable, nillable, defaultedOnCreate } = field as Record<string, unknown>;
    if (typeof name !== "string" || typeof type !== "string") return [];
    return [{ name, type, updateable: updateable === true, nillable: nillable === true, defaultedOnCreate: defaultedOnCreate === true }];
  });
}

/** Stamps go up by one: a change whose stamp stays is taken for a person's click, and one whose stamp goes down is refused. */
export function raiseStamps(request: { row: Readonly<Record<string, unknown>>; settings: Settings }): OrgRow {
  const { row, settings } = request;
  const names = [...settings.profile.fields.values()].map(({ stampField }) => stampField);
  return Object.fromEntries(
    names.flatMap((name): [string, JsonValue][] => {
      const stamp = row[name];
      return typeof stamp === "number" ? [[name, stamp + 1]] : [];
    }),
  );
}

