import type { ComponentType, MetadataComponent } from "./component.ts";
import { element, renderXml } from "./xml-element.ts";

const FOLDERS: Readonly<Record<ComponentType, { readonly folder: string; readonly suffix: string }>> = {
  CustomObject: { folder: "", suffix: "object" },
  CustomField: { folder: "fields", suffix: "field" },
  ValidationRule: { folder: "validationRules", suffix: "validationRule" },
  ListView: { folder: "listViews", suffix: "listView" },
  Flow: { folder: "flows", suffix: "flow" },
  PermissionSet: { folder: "permissionsets", suffix: "permissionset" },
  Layout: { folder: "layouts", suffix: "layout" },
  CustomTab: { folder: "tabs", suffix: "tab" },
};

const INSIDE_OBJECTS: ReadonlySet<ComponentType> = new Set(["CustomField", "ValidationRule", "ListView"]);

/** An SFDX source folder, below `main/default`: text by path. */
export function toSourceFolder(components: readonly MetadataComponent[]): ReadonlyMap<string, string> {
  return new Map(components.map((component) => [pathOf(component), renderComponent(component)] as const));
}

function pathOf({ type, fullName }: MetadataComponent): string {
  const { folder, suffix } = FOLDERS[type];
  if (type === "CustomObject") return `objects/${fullName}/${fullName}.object-meta.xml`;
  if (!INSIDE_OBJECTS.has(type)) return `${folder}/${fullName}.${suffix}-meta.xml`;
  const [object = "", member = ""] = fullName.split(".");
  return `objects/${object}/${folder}/${member}.${suffix}-meta.xml`;
}

/** One component as a file of its own; also what an administrator is shown of it. */
export function renderComponent(component: MetadataComponent): string {
  const { type, fullName, content } = component;
  const name = INSIDE_OBJECTS.has(type) ? [element("fullName", fullName.slice(fullName.indexOf(".") + 1))] : [];
  return renderXml(element(type, [...name, ...content]));
}
