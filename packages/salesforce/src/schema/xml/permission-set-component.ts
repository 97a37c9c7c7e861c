import type { ObjectPermission, OrgPermissionSet } from "../org-model.ts";
import type { MetadataComponent } from "./component.ts";
import { element, type XmlElement } from "./xml-element.ts";

/** `revision` lands in the description: a permission set can be queried, and is deployed together with the rules and flows. */
export function permissionSetComponent(request: { permissionSet: OrgPermissionSet; revision: string }): MetadataComponent {
  const { permissionSet, revision } = request;
  return {
    type: "PermissionSet",
    fullName: permissionSet.name,
    title: `Permission set ${permissionSet.name} (${permissionSet.label})`,
    content: [
      element("description", `${permissionSet.description} ${revision}`),
      ...permissionSet.fields.map((field) => toFieldPermissions({ field, canEdit: true })),
      ...permissionSet.readFields.map((field) => toFieldPermissions({ field, canEdit: false })),
      element("hasActivationRequired", false),
      element("label", permissionSet.label),
      ...permissionSet.objects.toSorted(byName).map((permission) => toObjectPermissions(permission)),
      ...permissionSet.tabs.map((tab) => element("tabSettings", [element("tab", tab), element("visibility", "Visible")])),
    ],
  };
}

function toFieldPermissions({ field, canEdit }: { field: string; canEdit: boolean }): XmlElement {
  return element("fieldPermissions", [element("editable", canEdit), element("field", field), element("readable", true)]);
}

function byName(left: ObjectPermission, right: ObjectPermission): number {
  return left.object < right.object ? -1 : 1;
}

function toObjectPermissions({ object, canEdit, canDelete, seesAll }: ObjectPermission): XmlElement {
  return element("objectPermissions", [
    element("allowCreate", canEdit),
    element("allowDelete", canDelete),
    element("allowEdit", canEdit),
    element("allowRead", true),
    element("modifyAllRecords", false),
    element("object", object),
    element("viewAllRecords", seesAll),
  ]);
}
