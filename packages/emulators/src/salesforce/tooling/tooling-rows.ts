import type { Access } from "../access/access.ts";
import type { ObjectSchema, OrgSchema } from "../schema/org-schema.ts";
import type { StoredRow } from "../store/stored-row.ts";
import { describeDataType } from "./describe-data-type.ts";
import { durableIdOf, entityIdOf } from "./entity-ids.ts";
import { flowRows, flowVersionRows, flowViewRows } from "./flow-rows.ts";
import { metadataOf } from "./metadata-of.ts";
import type { ToolingIds } from "./tooling-ids.ts";

const LENGTH_OF_SHORT_ID = 15;

export interface RowsRequest {
  readonly schema: OrgSchema;
  /** Of the user who asks. */
  readonly access: Access;
  readonly ids: ToolingIds;
}

/** The rows of each object of the Tooling API, made anew from what the org is. */
export const TOOLING_ROWS: Readonly<Record<string, (request: RowsRequest) => readonly StoredRow[]>> = {
  EntityDefinition: (request) => [...request.schema.objects.values()].map((object) => entityRow({ ...request, object })),
  FieldDefinition: (request) => [...request.schema.objects.values()].flatMap((object) => fieldRows({ ...request, object })),
  CustomField: (request) => [...request.schema.objects.values()].flatMap((object) => customFieldRows({ ...request, object })),
  ValidationRule: (request) => [...request.schema.objects.values()].flatMap((object) => ruleRows({ ...request, object })),
  FlowDefinition: flowRows,
  Flow: flowVersionRows,
  FlowDefinitionView: flowViewRows,
};

type ObjectRequest = RowsRequest & { readonly object: ObjectSchema };

function entityRow(request: ObjectRequest): StoredRow {
  const { object } = request;
  return {
    Id: entityIdOf(request),
    DurableId: durableIdOf(request),
    QualifiedApiName: object.name,
    DeveloperName: object.name.replace(/__c$/, ""),
    MasterLabel: object.label,
    Label: object.label,
    KeyPrefix: object.keyPrefix,
    IsCustomizable: true,
    IsQueryable: true,
    IsTriggerable: true,
  };
}

/** Only what the user sees. */
function fieldRows(request: ObjectRequest): readonly StoredRow[] {
  const { access, ids, object } = request;
  const fields = access.view(object.name)?.fields ?? [];
  return fields.map(({ field }) => ({
    Id: ids.of({ keyPrefix: "4fe", name: `${object.name}.${field.name}` }),
    DurableId: `${durableIdOf(request)}.${field.isCustom ? customFieldId({ ids, object, name: field.name }).slice(0, LENGTH_OF_SHORT_ID) : field.name}`,
    QualifiedApiName: field.name,
    DeveloperName: field.name.replace(/__c$/, ""),
    MasterLabel: field.label,
    Label: field.label,
    DataType: describeDataType(field),
    EntityDefinitionId: durableIdOf(request),
    $EntityDefinition: entityIdOf(request),
    Length: field.length,
    Precision: field.precision,
    Scale: field.scale,
    IsNillable: field.nillable,
    IsCompound: field.type === "address",
    IsIndexed: field.isExternalId || field.isUnique || field.isIdLookup || field.type === "reference",
    RelationshipName: field.relationshipName,
  }));
}

function customFieldId({ ids, object, name }: { ids: ToolingIds; object: ObjectSchema; name: string }): string {
  return ids.of({ keyPrefix: "00N", name: `${object.name}.${name}` });
}

function customFieldRows(request: ObjectRequest): readonly StoredRow[] {
  const { schema, ids, object } = request;
  return [...object.fields.values()].filter(({ isCustom }) => isCustom).map((field) => {
    const fullName = `${object.name}.${field.name}`;
    return {
      Id: customFieldId({ ids, object, name: field.name }),
      DeveloperName: field.name.replace(/__c$/, ""),
      TableEnumOrId: durableIdOf(request),
      EntityDefinitionId: durableIdOf(request),
      $EntityDefinition: entityIdOf(request),
      Length: field.length,
      Precision: field.precision,
      Scale: field.scale,
      FullName: fullName,
      Metadata: metadataOf({ schema, type: "CustomField", fullName }),
    };
  });
}

function ruleRows(request: ObjectRequest): readonly StoredRow[] {
  const { schema, ids, object } = request;
  return [...object.validationRules.values()].map((rule) => {
    const fullName = `${object.name}.${rule.fullName}`;
    return {
      Id: ids.of({ keyPrefix: "03d", name: fullName }),
      ValidationName: rule.fullName,
      Active: rule.isActive,
      Description: rule.description ?? null,
      EntityDefinitionId: durableIdOf(request),
      $EntityDefinition: entityIdOf(request),
      ErrorDisplayField: rule.errorDisplayField,
      ErrorMessage: rule.errorMessage,
      FullName: fullName,
      Metadata: metadataOf({ schema, type: "ValidationRule", fullName }),
    };
  });
}
