import type { ObjectView } from "../access/object-view.ts";
import type { ObjectSchema } from "../schema/org-schema.ts";
import type { ApiContext } from "./api-call.ts";
import { describeField } from "./describe-field.ts";

/** An object in the list of objects. */
export function describeBriefly(request: { view: ObjectView; version: number }): Record<string, unknown> {
  const { view: { object, canCreate, canEdit, canDelete }, version } = request;
  const url = `/services/data/v${version}.0/sobjects/${object.name}`;
  return {
    name: object.name,
    label: object.label,
    labelPlural: `${object.label}s`,
    keyPrefix: object.keyPrefix,
    custom: object.isCustom,
    customSetting: false,
    activateable: false,
    createable: canCreate,
    updateable: canEdit,
    deletable: canDelete,
    undeletable: canDelete,
    deprecatedAndHidden: false,
    layoutable: true,
    mergeable: ["Account", "Contact", "Lead", "Individual"].includes(object.name),
    queryable: true,
    replicateable: true,
    retrieveable: true,
    searchable: true,
    triggerable: true,
    urls: { sobject: url, describe: `${url}/describe`, rowTemplate: `${url}/{ID}` },
  };
}

/** The whole describe, as the user sees the object. */
export function describeObject(request: { context: ApiContext; view: ObjectView; version: number }): Record<string, unknown> {
  const { view } = request;
  return {
    ...describeBriefly(request),
    fields: view.fields.map((field) => describeField({ object: view.object, view: field })),
    childRelationships: describeChildren(request),
    recordTypeInfos: describeRecordTypes(request),
    namedLayoutInfos: [],
    supportedScopes: [{ label: "All", name: "everything" }],
  };
}

function describeChildren(request: { context: ApiContext; view: ObjectView }): unknown[] {
  const { context: { org, access }, view: { object } } = request;
  const views = [...org.schema.objects.values()].map(({ name }: ObjectSchema) => access.view(name)).filter((view) => view !== null);
  return views.flatMap((child) =>
    child.fields.filter(({ field }) => field.referenceTo.includes(object.name)).map(({ field }) => ({
      childSObject: child.object.name,
      field: field.name,
      relationshipName: null,
      cascadeDelete: field.deleteRule === "cascade",
      restrictedDelete: field.deleteRule === "restrict",
      deprecatedAndHidden: false,
      junctionIdListNames: [],
      junctionReferenceTo: [],
    })),
  );
}

const MASTER_RECORD_TYPE = "012000000000000AAA";

function describeRecordTypes(request: { context: ApiContext; view: ObjectView; version: number }): unknown[] {
  const { context: { org }, view: { object }, version } = request;
  const own = [...org.table("RecordType").rows()].filter((row) => row["SobjectType"] === object.name);
  const url = `/services/data/v${version}.0/sobjects/${object.name}/describe/layouts/`;
  const infoOf = (info: { id: string; name: string; developerName: string; isMaster: boolean; isDefault: boolean }): unknown => ({
    recordTypeId: info.id,
    name: info.name,
    developerName: info.developerName,
    active: true,
    available: true,
    master: info.isMaster,
    defaultRecordTypeMapping: info.isDefault,
    urls: { layout: url + info.id },
  });
  return [
    ...own.map((row, index) =>
      infoOf({ id: String(row["Id"]), name: String(row["Name"]), developerName: String(row["DeveloperName"]), isMaster: false, isDefault: index === 0 }),
    ),
    infoOf({ id: MASTER_RECORD_TYPE, name: "Master", developerName: "Master", isMaster: true, isDefault: own.length === 0 }),
  ];
}
