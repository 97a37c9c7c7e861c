import { blankValue } from "../contract/blank-value.ts";
import { INSTANCE_NAMESPACE, RETAIL_NAMESPACE } from "../contract/namespaces.ts";
import { isRecord, type DataRecord, type DataValue } from "../contract/data-value.ts";
import { membersOf, type Shape } from "../contract/shape.ts";
import type { UnprovenBehaviour } from "../unproven-behaviour.ts";
import { escapeXml } from "../xml/escape-xml.ts";

type BlankStrings = UnprovenBehaviour["blankStrings"];

/** A value as an element in the namespace of its surroundings; a value that is not there is blank, or nil where it can be. */
export function writeElement(request: { name: string; value: DataValue | undefined; shape: Shape; blankStrings: BlankStrings; namespace?: string }): string {
  const { name, value, shape, blankStrings, namespace } = request;
  const start = namespace === undefined ? name : `${name} xmlns="${namespace}"`;
  if (value === null) return `<${start} i:nil="true" xmlns:i="${INSTANCE_NAMESPACE}"/>`;
  const content = writeContent({ value: value ?? blankValue(shape), shape, blankStrings });
  return content === "" ? `<${start}/>` : `<${start}>${content}</${name}>`;
}

function writeContent(request: { value: DataValue; shape: Shape; blankStrings: BlankStrings }): string {
  const { value, shape, blankStrings } = request;
  if (shape.kind === "record") return isRecord(value) ? writeMembers({ record: value, className: shape.className, blankStrings }) : "";
  if (shape.kind === "array") {
    const items = Array.isArray(value) ? (value as readonly DataValue[]) : [];
    const foreign = shape.itemNamespace === RETAIL_NAMESPACE ? {} : { namespace: shape.itemNamespace };
    return items.map((item) => writeElement({ name: shape.itemName, value: item, shape: shape.item, blankStrings, ...foreign })).join("");
  }
  return typeof value === "object" ? "" : escapeXml(String(value));
}

/** All members of the class, in the order of the wire. */
function writeMembers(request: { record: DataRecord; className: string; blankStrings: BlankStrings }): string {
  const { record, className, blankStrings } = request;
  return membersOf(className)
    .map(({ name, shape }) => {
      const value = record[name];
      const isBlank = shape.kind === "simple" && shape.type === "string" && (value === "" || value === undefined);
      if (isBlank && blankStrings === "absent") return "";
      return writeElement({ name, value: isBlank && blankStrings === "nil" ? null : value, shape, blankStrings });
    })
    .join("");
}
