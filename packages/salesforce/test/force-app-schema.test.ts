import { ApiSchemas } from "jsforce/lib/api/metadata/schema.js";
import { describe, expect, it } from "vitest";
import { standardOrgModel } from "../src/schema/build-org-model.ts";
import { listComponents } from "../src/schema/xml/list-components.ts";
import type { XmlElement } from "../src/schema/xml/xml-element.ts";

interface TypeSchema {
  readonly props: Readonly<Record<string, string | readonly string[]>>;
  readonly extends?: string;
}

/** The Metadata API's types as its WSDL says, in the version that jsforce holds. */
const TYPES = ApiSchemas as unknown as Readonly<Record<string, TypeSchema>>;
/** Of record-triggered flows, which came after that version. */
const NEWER: ReadonlySet<string> = new Set(["Flow.apiVersion", "Flow.environments", "FlowStart.filterLogic", "FlowStart.recordTriggerType"]);

function propertiesOf(type: string): TypeSchema["props"] {
  const schema = TYPES[type];
  if (schema === undefined) return {};
  return { ...(schema.extends === undefined ? {} : propertiesOf(schema.extends)), ...schema.props };
}

/** What does not fit: unknown elements, text where a type is due, required elements that lack, equal elements apart. */
function problemsOf(request: { type: string; content: readonly XmlElement[] }): string[] {
  const { type, content } = request;
  const properties = propertiesOf(type);
  const names = content.map(({ name }) => name);
  const lacking = Object.entries(properties).filter(([name, kind]) => typeof kind === "string" && !kind.startsWith("?") && !names.includes(name));
  const apart = names.filter((name, index) => names.indexOf(name) !== index && names[index - 1] !== name);
  return [
    ...lacking.map(([name]) => `${type} lacks ${name}`),
    ...apart.map((name) => `${type}.${name} stands apart`),
    ...content.flatMap((child) => problemsOfChild({ type, kind: properties[child.name], child })),
  ];
}

function problemsOfChild(request: { type: string; kind: string | readonly string[] | undefined; child: XmlElement }): string[] {
  const { type, kind, child } = request;
  const name = `${type}.${child.name}`;
  if (kind === undefined) return NEWER.has(name) ? [] : [`${name} is unknown`];
  const childType = (typeof kind === "string" ? kind : (kind[0] ?? "")).replace(/^\?/, "");
  if (typeof child.content !== "object") return childType in TYPES ? [`${name} is no text`] : [];
  return childType in TYPES ? problemsOf({ type: childType, content: child.content }) : [`${name} is a text`];
}

describe.each(["Contact", "PersonAccount"] as const)("the additions for %s", (kind) => {
  it("use only elements that the Metadata API has, and all that it requires", () => {
    for (const component of listComponents(standardOrgModel(kind))) expect(problemsOf(component), component.fullName).toEqual([]);
  });
});
