import { strToU8, zipSync } from "fflate";
import { API_VERSION } from "../api-version.ts";
import type { ComponentType, MetadataComponent } from "./component.ts";
import { element, renderXml, type XmlElement } from "./xml-element.ts";

/** How a component that lies inside its object's file is called there; null for a file of its own. */
const MEMBER_OF_OBJECT: Readonly<Partial<Record<ComponentType, string>>> = {
  CustomField: "fields",
  ValidationRule: "validationRules",
  ListView: "listViews",
};

const FILES: Readonly<Partial<Record<ComponentType, { readonly folder: string; readonly suffix: string }>>> = {
  Flow: { folder: "flows", suffix: "flow" },
  PermissionSet: { folder: "permissionsets", suffix: "permissionset" },
  Layout: { folder: "layouts", suffix: "layout" },
  CustomTab: { folder: "tabs", suffix: "tab" },
};

/** The same components in the Metadata API's own format: text by path in the archive, with the manifest. */
export function toMetadataFiles(components: readonly MetadataComponent[]): ReadonlyMap<string, string> {
  const files = new Map([["package.xml", renderManifest(components)]]);
  for (const [object, content] of contentsOfObjects(components)) {
    files.set(`objects/${object}.object`, renderXml(element("CustomObject", content)));
  }
  for (const { type, fullName, content } of components) {
    const file = FILES[type];
    if (file !== undefined) files.set(`${file.folder}/${fullName}.${file.suffix}`, renderXml(element(type, content)));
  }
  return files;
}

/** The archive that a deployment takes. */
export function toMetadataPackage(components: readonly MetadataComponent[]): Uint8Array {
  return zipSync(Object.fromEntries([...toMetadataFiles(components)].map(([path, text]) => [path, strToU8(text)])));
}

/** Of a standard object nothing but what is added to it: the manifest names the members, never the object. */
function contentsOfObjects(components: readonly MetadataComponent[]): ReadonlyMap<string, readonly XmlElement[]> {
  const contents = new Map<string, XmlElement[]>();
  for (const { type, fullName, content } of components) {
    const member = MEMBER_OF_OBJECT[type];
    if (member === undefined && type !== "CustomObject") continue;
    const [object = "", name = ""] = fullName.split(".");
    const added = member === undefined ? content : [element(member, [element("fullName", name), ...content])];
    contents.set(object, [...(contents.get(object) ?? []), ...added]);
  }
  return contents;
}

function renderManifest(components: readonly MetadataComponent[]): string {
  const types = [...new Set(components.map(({ type }) => type))].toSorted();
  return renderXml(
    element("Package", [
      ...types.map((type) =>
        element("types", [
          ...components.filter((component) => component.type === type).map(({ fullName }) => element("members", fullName)),
          element("name", type),
        ]),
      ),
      element("version", API_VERSION),
    ]),
  );
}
