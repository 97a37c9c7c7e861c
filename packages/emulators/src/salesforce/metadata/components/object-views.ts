import { findField } from "../../schema/find-object.ts";
import type { ObjectSchema } from "../../schema/org-schema.ts";
import { ownNameOf, parentOf } from "../component.ts";
import { boolean, ignored, many, oneOf, optional, recordOf, required, string } from "../read-metadata.ts";
import { changeOfFile, checkName, refuse, requireObject, type ComponentDeployer } from "./deploy-request.ts";

const readCompactLayout = recordOf({
  type: "CompactLayout",
  members: { fields: many(string), fullName: optional(string), label: required(string) },
});

const SCOPES = ["Everything", "Mine", "MineAndMyGroups", "Queue", "Delegated", "MyTerritory", "MyTeamTerritory", "Team", "AssignedToMe", "SalesTeam", "SalesTeam2"] as const;
const OPERATIONS = ["equals", "notEqual", "lessThan", "greaterThan", "lessOrEqual", "greaterOrEqual", "contains", "notContain", "startsWith", "includes", "excludes", "within"] as const;
/** How list views call the fields that every custom object has. */
const STANDARD_COLUMNS: ReadonlySet<string> = new Set([
  "NAME", "CREATED_DATE", "CREATEDBY_USER", "CREATEDBY_USER.ALIAS", "LAST_UPDATE", "UPDATEDBY_USER", "UPDATEDBY_USER.ALIAS", "LAST_ACTIVITY",
  "OBJECT_ID", "OWNER.ALIAS", "OWNER.FIRST_NAME", "OWNER.LAST_NAME", "RECORDTYPE",
]);

const readListView = recordOf({
  type: "ListView",
  members: {
    booleanFilter: optional(string),
    columns: many(string),
    division: ignored,
    filterScope: required(oneOf({ type: "FilterScope", values: SCOPES })),
    filters: many(recordOf({ type: "ListViewFilter", members: { field: required(string), operation: required(oneOf({ type: "FilterOperation", values: OPERATIONS })), value: optional(string) } })),
    fullName: optional(string),
    label: required(string),
    language: ignored,
    queue: ignored,
    sharedTo: ignored,
  },
});

/** Compact layouts are checked, and kept as their files have them. */
export const deployCompactLayout: ComponentDeployer = (request) => {
  const { component, stage } = request;
  const object = requireObject({ stage, name: parentOf(component) });
  checkName({ name: ownNameOf(component), what: "Compact Layout" });
  const { fields } = readCompactLayout({ element: component.element, owner: "CompactLayout" });
  if (fields.length > 10) refuse("A compact layout has at most 10 fields");
  for (const name of fields) requireField({ object, name });
  return changeOfFile(request);
};

/** List views are checked, and kept as their files have them. Standard columns have names of their own, which are taken as they are. */
export const deployListView: ComponentDeployer = (request) => {
  const { component, stage } = request;
  const object = requireObject({ stage, name: parentOf(component) });
  checkName({ name: ownNameOf(component), what: "List View" });
  const { columns, filters } = readListView({ element: component.element, owner: "ListView" });
  for (const name of [...columns, ...filters.map(({ field }) => field)]) {
    if (name.endsWith("__c")) requireField({ object, name });
    else if (object.isCustom && !STANDARD_COLUMNS.has(name)) refuse(`Could not resolve list view column: ${name}`);
  }
  return changeOfFile(request);
};

function requireField({ object, name }: { object: ObjectSchema; name: string }): void {
  if (findField({ object, name }) === undefined) refuse(`Could not resolve list view column or layout field: ${object.name}.${name}`);
}

const readCustomPermission = recordOf({
  type: "CustomPermission",
  members: { connectedApp: ignored, description: optional(string), isLicensed: required(boolean), label: required(string), requiredPermission: ignored },
});

/** Custom permissions are checked, and kept as their files have them: formulas that ask for one are refused. */
export const deployCustomPermission: ComponentDeployer = (request) => {
  const { component } = request;
  checkName({ name: component.fullName, what: "Custom Permission", most: 80 });
  readCustomPermission({ element: component.element, owner: "CustomPermission" });
  return changeOfFile(request);
};

const readCustomTab = recordOf({
  type: "CustomTab",
  members: { actionOverrides: ignored, customObject: optional(boolean), description: optional(string), label: optional(string), mobileReady: ignored, motif: required(string) },
});

/** Tabs of objects are checked, and kept as their files have them. */
export const deployCustomTab: ComponentDeployer = (request) => {
  const { component, stage } = request;
  const { customObject, motif } = readCustomTab({ element: component.element, owner: "CustomTab" });
  if (customObject !== true) refuse("This emulator has tabs of custom objects only");
  if (!/^Custom\d{1,3}: \S/.test(motif)) refuse(`Invalid motif: ${motif}`);
  requireObject({ stage, name: component.fullName });
  return changeOfFile(request);
};
