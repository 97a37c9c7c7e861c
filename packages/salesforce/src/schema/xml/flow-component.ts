import { API_VERSION } from "../api-version.ts";
import type { FlowCondition, FlowFormula, FlowStamp, StampFlow } from "../org-model.ts";
import type { MetadataComponent } from "./component.ts";
import { element, type XmlElement } from "./xml-element.ts";

/**
 * A record-triggered flow that runs before the save. The stamps follow each other; one with conditions is a decision
 * with an assignment behind it. Equal elements stand together, as the Metadata API wants them.
 */
export function flowComponent(flow: StampFlow): MetadataComponent {
  const steps = flow.stamps.map((stamp, index) => ({ stamp, next: flow.stamps[index + 1], position: index }));
  const [first] = flow.stamps;
  return {
    type: "Flow",
    fullName: flow.name,
    title: `Flow ${flow.name}`,
    content: [
      element("apiVersion", API_VERSION),
      ...steps.map((step) => assignment(step)),
      ...steps.filter(({ stamp }) => stamp.conditions.length > 0).map((step) => decision(step)),
      element("description", flow.description),
      element("environments", "Default"),
      ...flow.formulas.map((formula) => toFormula(formula)),
      element("interviewLabel", `${flow.label} {!$Flow.CurrentDateTime}`),
      element("label", flow.label),
      ...["BuilderType", "OriginBuilderType"].map((name) => builderValue({ name, value: "LightningFlowBuilder" })),
      builderValue({ name: "CanvasMode", value: "AUTO_LAYOUT_CANVAS" }),
      element("processType", "AutoLaunchedFlow"),
      element("start", [
        element("locationX", 50),
        element("locationY", 0),
        ...(first === undefined ? [] : [connector({ name: "connector", target: entryOf(first) })]),
        element("filterLogic", "and"),
        ...flow.filters.map(({ field, operator, value }) =>
          element("filters", [element("field", field), element("operator", operator), booleanValue({ name: "value", value })]),
        ),
        element("object", flow.object),
        element("recordTriggerType", "Update"),
        element("triggerType", "RecordBeforeSave"),
      ]),
      element("status", "Active"),
      ...flow.blanks.map((blank) => toBlank(blank)),
    ],
  };
}

interface Step {
  readonly stamp: FlowStamp;
  readonly next: FlowStamp | undefined;
  readonly position: number;
}

function entryOf(stamp: FlowStamp): string {
  return stamp.conditions.length === 0 ? stamp.name : decisionNameOf(stamp);
}

function decisionNameOf(stamp: FlowStamp): string {
  return `Check_${stamp.name}`;
}

function assignment({ stamp, next, position }: Step): XmlElement {
  return element("assignments", [
    element("name", stamp.name),
    element("label", stamp.label),
    element("locationX", 176),
    element("locationY", 295 + position * 260),
    ...stamp.assignments.map(({ field, resource }) =>
      element("assignmentItems", [
        element("assignToReference", `$Record.${field}`),
        element("operator", "Assign"),
        element("value", [element("elementReference", resource)]),
      ]),
    ),
    ...(next === undefined ? [] : [connector({ name: "connector", target: entryOf(next) })]),
  ]);
}

function decision({ stamp, next, position }: Step): XmlElement {
  const name = decisionNameOf(stamp);
  return element("decisions", [
    element("name", name),
    element("label", `Check ${stamp.label}`.slice(0, 80)),
    element("locationX", 176),
    element("locationY", 187 + position * 260),
    ...(next === undefined ? [] : [connector({ name: "defaultConnector", target: entryOf(next) })]),
    element("defaultConnectorLabel", "Not changed by a person"),
    element("rules", [
      element("name", `${name}_Yes`),
      element("conditionLogic", "and"),
      ...stamp.conditions.map((condition) => toCondition(condition)),
      connector({ name: "connector", target: stamp.name }),
      element("label", "Changed by a person"),
    ]),
  ]);
}

function toCondition({ field, operator, value }: FlowCondition): XmlElement {
  return element("conditions", [
    element("leftValueReference", `$Record.${field}`),
    element("operator", operator),
    booleanValue({ name: "rightValue", value }),
  ]);
}

function toFormula({ name, dataType, expression }: FlowFormula): XmlElement {
  return element("formulas", [
    element("name", name),
    element("dataType", dataType),
    element("expression", expression),
    ...(dataType === "Number" ? [element("scale", 0)] : []),
  ]);
}

function toBlank({ name, dataType }: StampFlow["blanks"][number]): XmlElement {
  return element("variables", [
    element("name", name),
    element("dataType", dataType),
    element("isCollection", false),
    element("isInput", false),
    element("isOutput", false),
    ...(dataType === "Number" ? [element("scale", 0)] : []),
  ]);
}

function builderValue({ name, value }: { name: string; value: string }): XmlElement {
  return element("processMetadataValues", [element("name", name), element("value", [element("stringValue", value)])]);
}

function connector({ name, target }: { name: string; target: string }): XmlElement {
  return element(name, [element("targetReference", target)]);
}

function booleanValue({ name, value }: { name: string; value: boolean }): XmlElement {
  return element(name, [element("booleanValue", value)]);
}
