import { deployCustomField } from "./custom-field.ts";
import { deployCustomObject } from "./custom-object.ts";
import type { ComponentDeployer } from "./deploy-request.ts";
import { deployFlow } from "./flow-component.ts";
import { deployLayout } from "./layout.ts";
import { deployCompactLayout, deployCustomPermission, deployCustomTab, deployListView } from "./object-views.ts";
import { deployPermissionSet } from "./permission-set.ts";
import { deployValidationRule } from "./validation-rule.ts";

export interface ComponentType {
  readonly name: string;
  /** The folder of its files; null for parts of objects. */
  readonly folder: string | null;
  readonly suffix: string;
  /** How an object's file names its parts of this type; null for what is no part of an object. */
  readonly element: string | null;
  readonly deploy: ComponentDeployer;
}

/** In the order in which they are put in: what others name comes first. */
export const COMPONENT_TYPES: readonly ComponentType[] = [
  { name: "CustomObject", folder: "objects", suffix: "object", element: null, deploy: deployCustomObject },
  { name: "CustomField", folder: null, suffix: "field", element: "fields", deploy: deployCustomField },
  { name: "CustomPermission", folder: "customPermissions", suffix: "customPermission", element: null, deploy: deployCustomPermission },
  { name: "CustomTab", folder: "tabs", suffix: "tab", element: null, deploy: deployCustomTab },
  { name: "ValidationRule", folder: null, suffix: "validationRule", element: "validationRules", deploy: deployValidationRule },
  { name: "CompactLayout", folder: null, suffix: "compactLayout", element: "compactLayouts", deploy: deployCompactLayout },
  { name: "ListView", folder: null, suffix: "listView", element: "listViews", deploy: deployListView },
  { name: "Flow", folder: "flows", suffix: "flow", element: null, deploy: deployFlow },
  { name: "Layout", folder: "layouts", suffix: "layout", element: null, deploy: deployLayout },
  { name: "PermissionSet", folder: "permissionsets", suffix: "permissionset", element: null, deploy: deployPermissionSet },
  // Translations change no behaviour: they are taken and not looked at.
  { name: "CustomObjectTranslation", folder: "objectTranslations", suffix: "objectTranslation", element: null, deploy: () => "unchanged" },
];

export function findComponentType(name: string): ComponentType | undefined {
  return COMPONENT_TYPES.find((type) => type.name === name);
}
