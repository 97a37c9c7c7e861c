import { componentKey, type DeployedComponent } from "../schema/deployed-component.ts";
import { findField, findObject } from "../schema/find-object.ts";
import type { OrgSchema } from "../schema/org-schema.ts";
import { COMPONENT_TYPES, findComponentType } from "./components/component-types.ts";
import { MetadataProblem } from "./metadata-problem.ts";
import { escapeXml } from "./soap-envelope.ts";
import { childText, type XmlElement } from "./xml-element.ts";

const MOST_COMPONENTS = 10;

interface Wanted {
  readonly schema: OrgSchema;
  readonly type: string;
  readonly fullName: string;
}

/**
 * What `readMetadata` answers, as XML: a record a name, as it was deployed, nil for names that the org does not have. At
 * most ten a call. Refuses what the org has from its first day, since no file of that is kept.
 */
export function readComponents({ schema, operation }: { schema: OrgSchema; operation: XmlElement }): string {
  const type = childText({ element: operation, name: "type" });
  if (findComponentType(type) === undefined) throw new MetadataProblem({ problem: `This emulator has no components of the type ${type}` });
  const names = operation.children.filter(({ name }) => name === "fullNames").map(({ text }) => text.trim());
  if (names.length > MOST_COMPONENTS) throw new MetadataProblem({ problem: `the maximum number of metadata components is ${MOST_COMPONENTS}` });
  return names.map((fullName) => readOne({ schema, type, fullName })).join("");
}

function readOne(wanted: Wanted): string {
  const { schema, type, fullName } = wanted;
  const component = schema.components.get(componentKey({ type, fullName }));
  if (component === undefined) {
    refuseStandard(wanted);
    return '<records xsi:nil="true"/>';
  }
  const own = contentOf({ element: component.element, fullName: component.fullName });
  return `<records xsi:type="${type}">${own}${type === "CustomObject" ? partsOf({ schema, fullName: component.fullName }) : ""}</records>`;
}

function refuseStandard({ schema, type, fullName }: Wanted): void {
  const [objectName = "", fieldName] = fullName.split(".");
  const object = type === "CustomObject" || type === "CustomField" ? findObject({ schema, name: objectName }) : undefined;
  if (object === undefined) return;
  if (fieldName === undefined || findField({ object, name: fieldName }) !== undefined) {
    throw new MetadataProblem({ problem: `This emulator reads only what was deployed to it, and not ${type} ${fullName}` });
  }
}

function partsOf({ schema, fullName }: { schema: OrgSchema; fullName: string }): string {
  const prefix = `${fullName}.`;
  const isOwn = ({ type, fullName: name }: DeployedComponent): boolean => name.startsWith(prefix) && elementOf(type) !== null;
  const parts = [...schema.components.values()].filter(isOwn);
  return parts.map(({ type, fullName: name, element }) => {
    const tag = elementOf(type) ?? "";
    return `<${tag}>${contentOf({ element, fullName: name.slice(prefix.length) })}</${tag}>`;
  }).join("");
}

function elementOf(type: string): string | null {
  return COMPONENT_TYPES.find(({ name }) => name === type)?.element ?? null;
}

function contentOf({ element, fullName }: { element: XmlElement; fullName: string }): string {
  const others = element.children.filter(({ name }) => name !== "fullName");
  return `<fullName>${escapeXml(fullName)}</fullName>${others.map(toXml).join("")}`;
}

function toXml({ name, children, text }: XmlElement): string {
  return `<${name}>${children.length > 0 ? children.map(toXml).join("") : escapeXml(text)}</${name}>`;
}
