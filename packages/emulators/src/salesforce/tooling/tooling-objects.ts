import type { FieldSchema, ObjectSchema } from "../schema/org-schema.ts";
import { parseField } from "../schema/parse-object.ts";

const LONGEST = 131_072;
/** Relationships whose ids are no record ids, and so have a column of text beside them. */
const HIDDEN = "$";

/** The objects of the Tooling API that the emulator answers for, each with columns that the real one has. */
const OUTLINES: readonly { readonly name: string; readonly keyPrefix: string; readonly fields: string }[] = [
  { name: "EntityDefinition", keyPrefix: "4ie", fields: `
      Id id 18 readOnly
      DurableId string 30
      QualifiedApiName string 70
      DeveloperName string 40
      MasterLabel string 40
      Label string 40
      KeyPrefix string 3
      NamespacePrefix string 15
      IsCustomizable boolean
      IsQueryable boolean
      IsTriggerable boolean` },
  { name: "FieldDefinition", keyPrefix: "4fe", fields: `
      Id id 18 readOnly
      DurableId string 70
      QualifiedApiName string 70
      DeveloperName string 40
      MasterLabel string 40
      Label string 40
      NamespacePrefix string 15
      DataType string 120
      EntityDefinitionId string 30
      ${HIDDEN}EntityDefinition reference to=EntityDefinition
      Length int 9
      Precision int 9
      Scale int 9
      IsNillable boolean
      IsCompound boolean
      IsIndexed boolean
      RelationshipName string 80` },
  { name: "CustomField", keyPrefix: "00N", fields: `
      Id id 18 readOnly
      DeveloperName string 40
      TableEnumOrId string 30
      EntityDefinitionId string 30
      ${HIDDEN}EntityDefinition reference to=EntityDefinition
      NamespacePrefix string 15
      Length int 9
      Precision int 9
      Scale int 9
      FullName textarea ${LONGEST}
      Metadata textarea ${LONGEST}` },
  { name: "ValidationRule", keyPrefix: "03d", fields: `
      Id id 18 readOnly
      ValidationName string 80
      Active boolean
      Description textarea 255
      EntityDefinitionId string 30
      ${HIDDEN}EntityDefinition reference to=EntityDefinition
      ErrorDisplayField string 80
      ErrorMessage string 255
      NamespacePrefix string 15
      FullName textarea ${LONGEST}
      Metadata textarea ${LONGEST}` },
  { name: "FlowDefinition", keyPrefix: "300", fields: `
      Id id 18 readOnly
      DeveloperName string 80
      MasterLabel string 255
      Description textarea 255
      NamespacePrefix string 15
      ActiveVersionId reference to=Flow
      LatestVersionId reference to=Flow
      FullName textarea ${LONGEST}` },
  { name: "Flow", keyPrefix: "301", fields: `
      Id id 18 readOnly
      DefinitionId reference to=FlowDefinition
      MasterLabel string 255
      Description textarea 255
      ProcessType picklist 40
      Status picklist 40
      VersionNumber int 9
      ApiVersion double 18 scale=1
      FullName textarea ${LONGEST}
      Metadata textarea ${LONGEST}` },
  { name: "FlowDefinitionView", keyPrefix: "3ve", fields: `
      Id id 18 readOnly
      DurableId string 18
      ApiName string 80
      Label string 255
      Description string 255
      NamespacePrefix string 15
      ProcessType string 40
      TriggerType string 40
      RecordTriggerType string 40
      TriggerObjectOrEventId string 30
      ${HIDDEN}TriggerObjectOrEvent reference to=EntityDefinition
      TriggerObjectOrEventLabel string 40
      IsActive boolean
      IsTemplate boolean
      ActiveVersionId string 18
      LatestVersionId string 18
      VersionNumber int 9` },
];

export const TOOLING_OBJECTS: ReadonlyMap<string, ObjectSchema> = new Map(OUTLINES.map(({ name, keyPrefix, fields }) => {
  const parsed = fields.split("\n").map((line) => line.trim()).filter((line) => line !== "").map(toField);
  const object: ObjectSchema = {
    name, keyPrefix, label: name, isCustom: false, fields: new Map(parsed.map((field) => [field.name, field])), validationRules: new Map(), beforeSaveFlows: new Map(),
  };
  return [name, object];
}));

function toField(line: string): FieldSchema {
  const field = parseField(line);
  return field.name.startsWith(HIDDEN) ? { ...field, relationshipName: field.name.slice(HIDDEN.length) } : field;
}
