import type { FieldType } from "../../schema/org-schema.ts";
import type { CustomFieldMetadata, MetadataFieldType } from "./custom-field-metadata.ts";
import { refuse } from "./deploy-request.ts";

type Member = keyof CustomFieldMetadata;

/** What a type of custom field must say, may say, and becomes. */
export interface FieldTypeRule {
  readonly fieldType: FieldType;
  readonly demands: readonly Member[];
  /** Beside what every field may say. */
  readonly allows: readonly Member[];
  readonly limits?: Readonly<Partial<Record<Member, readonly [least: number, most: number]>>>;
}

const KEY: readonly Member[] = ["externalId", "unique"];
/** Members that belong to some types only; everything else fits every type. */
const PARTICULAR: readonly Member[] = [
  "caseSensitive", "defaultValue", "deleteConstraint", "displayFormat", "displayLocationInDecimal", "length", "precision",
  "relationshipLabel", "relationshipName", "relationshipOrder", "reparentableMasterDetail", "scale", "startingNumber", "unique",
  "valueSet", "visibleLines", "writeRequiresMasterRead",
];
const NUMBER_LIMITS = { precision: [1, 18], scale: [0, 17] } as const;

const RULES: Readonly<Partial<Record<MetadataFieldType, FieldTypeRule>>> = {
  AutoNumber: { fieldType: "string", demands: ["displayFormat"], allows: ["externalId", "startingNumber"] },
  Text: { fieldType: "string", demands: ["length"], allows: [...KEY, "caseSensitive", "defaultValue"], limits: { length: [1, 255] } },
  TextArea: { fieldType: "textarea", demands: [], allows: ["defaultValue"] },
  LongTextArea: { fieldType: "textarea", demands: ["length", "visibleLines"], allows: ["defaultValue"], limits: { length: [256, 131_072], visibleLines: [2, 50] } },
  Html: { fieldType: "textarea", demands: ["length", "visibleLines"], allows: [], limits: { length: [256, 131_072], visibleLines: [10, 50] } },
  Email: { fieldType: "email", demands: [], allows: [...KEY, "defaultValue", "caseSensitive"] },
  Phone: { fieldType: "phone", demands: [], allows: ["defaultValue"] },
  Url: { fieldType: "url", demands: [], allows: ["defaultValue"] },
  Number: { fieldType: "double", demands: ["precision", "scale"], allows: [...KEY, "defaultValue"], limits: NUMBER_LIMITS },
  Currency: { fieldType: "currency", demands: ["precision", "scale"], allows: ["defaultValue"], limits: NUMBER_LIMITS },
  Percent: { fieldType: "percent", demands: ["precision", "scale"], allows: ["defaultValue"], limits: NUMBER_LIMITS },
  Checkbox: { fieldType: "boolean", demands: ["defaultValue"], allows: [] },
  Date: { fieldType: "date", demands: [], allows: ["defaultValue"] },
  DateTime: { fieldType: "datetime", demands: [], allows: ["defaultValue"] },
  Time: { fieldType: "time", demands: [], allows: ["defaultValue"] },
  Picklist: { fieldType: "picklist", demands: ["valueSet"], allows: [] },
  MultiselectPicklist: { fieldType: "multipicklist", demands: ["valueSet", "visibleLines"], allows: [], limits: { visibleLines: [3, 10] } },
  Lookup: { fieldType: "reference", demands: ["relationshipName"], allows: ["deleteConstraint", "relationshipLabel"] },
  MasterDetail: {
    fieldType: "reference",
    demands: ["relationshipName"],
    allows: ["relationshipLabel", "relationshipOrder", "reparentableMasterDetail", "writeRequiresMasterRead"],
    limits: { relationshipOrder: [0, 1] },
  },
};

/** The rule of a type; refuses types that the emulator does not keep. */
export function fieldTypeRule(type: MetadataFieldType): FieldTypeRule {
  return RULES[type] ?? refuse(`This emulator has no custom fields of the type ${type}`);
}

/** Refuses what a type of field must say and does not, must not say and does, and numbers out of bounds. */
export function checkMembers({ field, type }: { field: CustomFieldMetadata; type: MetadataFieldType }): void {
  const { demands, allows, limits = {} } = fieldTypeRule(type);
  for (const member of demands) {
    if (field[member] === undefined) refuse(`Must specify '${member}' for a CustomField of type ${type}`);
  }
  for (const member of PARTICULAR) {
    const value = field[member];
    if (value === undefined || value === false || demands.includes(member) || allows.includes(member)) continue;
    refuse(`Can not specify '${member}' for a CustomField of type ${type}`);
  }
  if (field.externalId === true && !allows.includes("externalId")) refuse(`Can not specify 'externalId' for a CustomField of type ${type}`);
  for (const [member, [least, most]] of Object.entries(limits)) {
    const value = field[member as Member];
    if (typeof value === "number" && (value < least || value > most)) refuse(`Value for ${member} must be between ${least} and ${most}`);
  }
  const { precision = 0, scale = 0 } = field;
  if (scale > precision) refuse("Scale cannot be greater than precision");
}
