import type { OrgSchema } from "../schema/org-schema.ts";
import type { PermissionSetStore } from "../store/permission-sets.ts";
import { findComponentType } from "./components/component-types.ts";
import { MetadataProblem } from "./metadata-problem.ts";
import { childText, type XmlElement } from "./xml-element.ts";

interface Org {
  readonly schema: OrgSchema;
  readonly permissionSets: PermissionSetStore;
}

type Lister = (org: Org) => readonly string[];

/** What an org has without any deployment, or holds in a form of its own. */
const LISTS: Readonly<Record<string, Lister>> = {
  CustomObject: ({ schema }) => [...schema.objects.keys()],
  CustomField: ({ schema }) =>
    [...schema.objects.values()].flatMap(({ name, fields }) => [...fields.values()].filter(({ isCustom }) => isCustom).map((field) => `${name}.${field.name}`)),
  ValidationRule: ({ schema }) => [...schema.objects.values()].flatMap(({ name, validationRules }) => [...validationRules.keys()].map((rule) => `${name}.${rule}`)),
  Flow: ({ schema }) => [...schema.objects.values()].flatMap(({ beforeSaveFlows }) => [...beforeSaveFlows.keys()]),
  PermissionSet: ({ permissionSets }) => [...permissionSets.sets.keys()],
};

function listerOf(type: string): Lister {
  if (findComponentType(type) === undefined) throw new MetadataProblem({ problem: `This emulator cannot list the type ${type}` });
  return LISTS[type] ?? (({ schema }) => [...schema.components.values()].filter((component) => component.type === type).map(({ fullName }) => fullName));
}

/** What `listMetadata` answers: `FileProperties` of what the org holds. At most three queries a call. */
export function listMetadata({ call, operation, now }: { call: Org; operation: XmlElement; now: number }): readonly unknown[] {
  const queries = operation.children.filter(({ name }) => name === "queries");
  if (queries.length > 3) throw new MetadataProblem({ problem: "the maximum number of queries is 3" });
  return queries.flatMap((query) => {
    const type = childText({ element: query, name: "type" });
    return listerOf(type)(call).map((fullName) => toFileProperties({ type, fullName, now }));
  });
}

function toFileProperties({ type, fullName, now }: { type: string; fullName: string; now: number }): Record<string, unknown> {
  const { folder = null, suffix = "" } = findComponentType(type) ?? {};
  const at = new Date(now).toISOString();
  const fileName = folder === null ? `objects/${fullName.slice(0, fullName.indexOf("."))}.object` : `${folder}/${fullName}.${suffix}`;
  return { createdById: "", createdByName: "", createdDate: at, fileName, fullName, id: "", lastModifiedById: "", lastModifiedByName: "", lastModifiedDate: at, manageableState: "unmanaged", type };
}
