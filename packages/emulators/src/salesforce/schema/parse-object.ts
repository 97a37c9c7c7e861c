import type { FieldSchema, FieldType, ObjectSchema } from "./org-schema.ts";

/** One object in the short form of the `standard/` files. */
export interface ObjectOutline {
  readonly name: string;
  readonly label: string;
  readonly keyPrefix: string;
  /** `User`, `Group|User`, or null for objects without an owner. */
  readonly owner: string | null;
  /**
   * One field a line: `Name type length mark…`. Marks: `required`, `default=x`, `readOnly`, `idLookup`, `open` (a
   * picklist that takes any value), `to=A|B`, `restrict`, `cascade`, `scale=n`, `values=a|b` (to the end of the line).
   */
  readonly fields: string;
}

const SYSTEM_FIELDS = `
  CreatedDate datetime readOnly
  CreatedById reference to=User readOnly
  LastModifiedDate datetime readOnly
  LastModifiedById reference to=User readOnly
  SystemModstamp datetime readOnly
  LastViewedDate datetime readOnly nillable
  LastReferencedDate datetime readOnly nillable`;

export function parseObject(outline: ObjectOutline): ObjectSchema {
  const owner = outline.owner === null ? "" : `OwnerId reference to=${outline.owner}\n`;
  const text = `Id id 18 readOnly\nIsDeleted boolean readOnly\n${owner}${outline.fields}${SYSTEM_FIELDS}`;
  const fields = text.split("\n").map((line) => line.trim()).filter((line) => line !== "").map(parseField);
  return {
    name: outline.name,
    label: outline.label,
    keyPrefix: outline.keyPrefix,
    isCustom: false,
    fields: new Map(fields.map((field) => [field.name, field])),
    validationRules: new Map(),
    beforeSaveFlows: new Map(),
  };
}

export function parseField(line: string): FieldSchema {
  const [before = "", values = ""] = line.split(" values=");
  const [name = "", type = "", ...marks] = before.split(" ");
  const has = (mark: string): boolean => marks.includes(mark);
  const valueOf = (key: string): string | null => marks.find((mark) => mark.startsWith(`${key}=`))?.slice(key.length + 1) ?? null;
  const isReadOnly = has("readOnly");
  const isSystem = isReadOnly && !has("nillable") && (type === "id" || SYSTEM_FIELDS.includes(` ${name} `));
  const numbers = toNumbers({ type, length: Number(marks[0]), scale: Number(valueOf("scale") ?? 0) });
  return {
    name,
    label: toLabel(name),
    type: type as FieldType,
    isCustom: false,
    ...numbers,
    nillable: !has("required") && !isSystem && type !== "boolean" && name !== "OwnerId",
    defaultValue: toDefault({ type, text: valueOf("default") }),
    createable: !isReadOnly,
    updateable: !isReadOnly,
    isExternalId: false,
    isUnique: false,
    isCaseSensitive: false,
    isIdLookup: has("idLookup") || type === "id",
    picklist: values === "" ? [] : values.split("|"),
    isRestrictedPicklist: type === "picklist" && !has("open"),
    referenceTo: valueOf("to")?.split("|") ?? [],
    relationshipName: type === "reference" ? name.replace(/Id$/, "") : null,
    deleteRule: has("restrict") ? "restrict" : has("cascade") ? "cascade" : "setNull",
    isVisible: true,
  };
}

const DEFAULT_LENGTHS: Readonly<Record<string, number>> = {
  string: 255, textarea: 255, email: 80, phone: 40, url: 255, picklist: 255, multipicklist: 4099, reference: 18, id: 18,
};

function toNumbers(request: { type: string; length: number; scale: number }): Pick<FieldSchema, "length" | "precision" | "scale"> {
  const { type, length, scale } = request;
  if (type === "int") return { length: 0, precision: Number.isNaN(length) ? 9 : length, scale: 0 };
  if (type === "double" || type === "currency" || type === "percent") {
    return { length: 0, precision: Number.isNaN(length) ? 18 : length, scale };
  }
  return { length: Number.isNaN(length) ? (DEFAULT_LENGTHS[type] ?? 0) : length, precision: 0, scale: 0 };
}

function toDefault(request: { type: string; text: string | null }): FieldSchema["defaultValue"] {
  if (request.type === "boolean") return request.text === "true";
  return request.text === null ? null : request.text.replaceAll("_", " ");
}

/** `HasOptedOutOfEmail` → `Has Opted Out Of Email`; references say `Party ID`, as setup pages do. */
function toLabel(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, "$1 $2").replace(/ Id$/, " ID");
}
