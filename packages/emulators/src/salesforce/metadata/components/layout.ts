import { findField } from "../../schema/find-object.ts";
import { MetadataProblem } from "../metadata-problem.ts";
import type { ObjectSchema } from "../../schema/org-schema.ts";
import { childText, type XmlElement } from "../xml-element.ts";
import { changeOfFile, refuse, requireObject, type ComponentDeployer } from "./deploy-request.ts";

const MEMBERS: ReadonlySet<string> = new Set([
  "customButtons", "customConsoleComponents", "emailDefault", "excludeButtons", "feedLayout", "headers", "layoutSections", "miniLayout",
  "multilineLayoutFields", "platformActionList", "quickActionList", "relatedContent", "relatedLists", "relatedObjects", "runAssignmentRulesDefault",
  "showEmailCheckbox", "showHighlightsPanel", "showInteractionLogPanel", "showKnowledgeComponent", "showRunAssignmentRulesCheckbox",
  "showSolutionSection", "showSubmitAndAttachButton", "summaryLayout",
]);

/** A page layout is checked, and kept as its file has it: what it names must be there, and what every record must have on it. */
export const deployLayout: ComponentDeployer = (request) => {
  const { component, stage } = request;
  const { fullName, element } = component;
  const separator = fullName.indexOf("-");
  if (separator < 1) refuse(`Invalid layout name: ${fullName}`);
  const object = requireObject({ stage, name: fullName.slice(0, separator) });
  const stranger = element.children.find(({ name }) => !MEMBERS.has(name));
  if (stranger !== undefined) {
    throw new MetadataProblem({
      problem: `Error parsing file: Element {http://soap.sforce.com/2006/04/metadata}${stranger.name} invalid at this location in type Layout`,
      line: stranger.line,
    });
  }
  const seen = new Set<string>();
  for (const item of itemsIn(element)) {
    const name = item.children.find((child) => child.name === "field")?.text.trim();
    if (name === undefined) continue;
    if (findField({ object, name }) === undefined) {
      throw new MetadataProblem({ problem: `In field: field - no CustomField named ${object.name}.${name} found`, line: item.line });
    }
    if (seen.has(name.toLowerCase())) throw new MetadataProblem({ problem: `Duplicate field in layout: ${name}`, line: item.line });
    seen.add(name.toLowerCase());
  }
  checkRequiredItems({ object, items: itemsIn(element) });
  return changeOfFile(request);
};

/** Only custom objects: which fields the layouts of standard ones need differs by object. */
function checkRequiredItems({ object, items }: { object: ObjectSchema; items: readonly XmlElement[] }): void {
  if (!object.isCustom) return;
  const behaviours = new Map(items.map((item) => [childText({ element: item, name: "field" }).toLowerCase(), childText({ element: item, name: "behavior" })]));
  for (const field of object.fields.values()) {
    const isName = field.name === "Name";
    const isRequired = field.isCustom && !field.nillable && field.type !== "boolean" && field.autoNumber === undefined;
    if (!isName && !isRequired) continue;
    const behaviour = behaviours.get(field.name.toLowerCase());
    if (behaviour === undefined) refuse(`Layout must contain an item for required layout field: ${field.name}`);
    const wanted = field.autoNumber === undefined ? "Required" : "Readonly";
    if (behaviour !== wanted) refuse(`Field:${field.name} must be ${wanted}`);
  }
}

function itemsIn(element: XmlElement): readonly XmlElement[] {
  return element.children
    .filter(({ name }) => name === "layoutSections")
    .flatMap(({ children }) => children.filter(({ name }) => name === "layoutColumns"))
    .flatMap(({ children }) => children.filter(({ name }) => name === "layoutItems"));
}
