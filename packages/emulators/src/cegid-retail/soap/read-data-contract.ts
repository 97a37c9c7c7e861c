import { INSTANCE_NAMESPACE } from "../contract/namespaces.ts";
import type { DataRecord, DataValue } from "../contract/data-value.ts";
import { isValueType, membersOf, type Shape } from "../contract/shape.ts";
import type { ServerClock } from "../server-clock.ts";
import type { UnprovenBehaviour } from "../unproven-behaviour.ts";
import { attributeOf, type XmlElement } from "../xml/xml-element.ts";
import { parseSimple } from "./parse-simple.ts";
import { deserializationFault, SoapFaultError } from "./soap-fault.ts";

/** How .NET's DataContractSerializer reads for this server. */
export interface DataContractReading {
  readonly clock: ServerClock;
  readonly behaviour: UnprovenBehaviour;
}

type Place = DataContractReading & { readonly element: XmlElement };

/** What an element holds; null for nil, undefined for what counts as absent. Throws a `SoapFaultError` for a value that is none. */
export function readValue(place: Place & { readonly shape: Shape }): DataValue | undefined {
  const { element, shape, behaviour } = place;
  if (isNil(element)) {
    if (!isValueType(shape)) return null;
    if (behaviour.nilValues === "asAbsent") return undefined;
    throw refuse(`ValueType '${typeName(shape)}' cannot be null.`);
  }
  switch (shape.kind) {
    case "record":
      return readRecord({ ...place, className: shape.className });
    case "array":
      return readArray({ ...place, shape });
    case "enumeration": {
      const literal = contentOf(element).trim();
      if (shape.literals.includes(literal)) return literal;
      throw refuse(`Invalid enum value '${literal}' cannot be deserialized into type 'Cegid.Retail.${shape.name}'.`);
    }
    case "simple": {
      const text = contentOf(element);
      const value = parseSimple({ ...place, type: shape.type, text });
      if (value !== undefined) return value;
      throw refuse(`The value '${text}' cannot be parsed as the type '${typeName(shape)}'.`);
    }
  }
}

/**
 * Members are looked for from the last one found on: one that comes too late, twice, under another namespace or name is
 * passed over without a word.
 */
export function readRecord(place: Place & { readonly className: string }): DataRecord {
  const members = membersOf(place.className);
  const record: Record<string, DataValue> = {};
  let next = 0;
  for (const element of place.element.children) {
    const index = members.findIndex((member, at) => at >= next && member.name === element.name && member.namespace === element.namespace);
    const member = members[index];
    if (member === undefined) continue;
    next = index + 1;
    const value = readValue({ ...place, element, shape: member.shape });
    if (value !== undefined) record[member.name] = value;
  }
  return record;
}

function readArray(place: Place & { readonly shape: Extract<Shape, { kind: "array" }> }): DataValue[] {
  const { itemName, itemNamespace, item } = place.shape;
  return place.element.children
    .filter(({ name, namespace }) => name === itemName && namespace === itemNamespace)
    .map((element) => readValue({ ...place, element, shape: item }) ?? null);
}

function isNil(element: XmlElement): boolean {
  const nil = attributeOf({ element, namespace: INSTANCE_NAMESPACE, name: "nil" })?.trim();
  return nil === "true" || nil === "1";
}

function contentOf(element: XmlElement): string {
  const [child] = element.children;
  if (child === undefined) return element.text;
  throw refuse(`End element '${element.name}' from namespace '${element.namespace}' expected. Found element '${child.name}'.`);
}

function typeName(shape: Shape): string {
  if (shape.kind === "enumeration") return shape.name;
  return shape.kind === "simple" ? ({ boolean: "Boolean", int: "Int32", decimal: "Decimal", dateTime: "DateTime", guid: "Guid", string: "String" } as const)[shape.type] : "Object";
}

function refuse(problem: string): SoapFaultError {
  return new SoapFaultError(deserializationFault(`There was an error deserializing the object. ${problem}`));
}
