import { ARRAYS_NAMESPACE, RETAIL_NAMESPACE } from "./namespaces.ts";
import { DATA_CLASSES } from "./data-classes.ts";

export type SimpleType = "string" | "boolean" | "int" | "decimal" | "dateTime" | "guid";

/** What an element holds. */
export type Shape =
  | { readonly kind: "simple"; readonly type: SimpleType }
  | { readonly kind: "enumeration"; readonly name: string; readonly literals: readonly string[] }
  | { readonly kind: "array"; readonly name: string; readonly itemName: string; readonly itemNamespace: string; readonly item: Shape }
  | { readonly kind: "record"; readonly className: string };

export interface Member {
  readonly name: string;
  readonly namespace: string;
  readonly shape: Shape;
}

/** The first literal is the default, 0. */
export const ENUMERATIONS: Readonly<Record<string, readonly [string, ...string[]]>> = {
  CustomerInformationType: ["AskCustomer", "BrandOnly", "ForPartners", "DoNotUse"],
  CountryIdType: ["Internal", "ISO2", "ISO3", "ISO3Numeric"],
  UserDefinedId: ["1", "2", "3"],
  UserFieldKind: ["BooleanValueKind", "TextValueKind", "DateValueKind", "ListElementValueKind", "NumberValueKind"],
};

const SIMPLE_TYPES: ReadonlySet<string> = new Set<SimpleType>(["string", "boolean", "int", "decimal", "dateTime", "guid"]);

/** The shape that a type's name stands for: `string`, `ArrayOfUserField`, `AddressDataType`. */
export function shapeOf(typeName: string): Shape {
  if (SIMPLE_TYPES.has(typeName)) return { kind: "simple", type: typeName as SimpleType };
  const literals = ENUMERATIONS[typeName];
  if (literals !== undefined) return { kind: "enumeration", name: typeName, literals };
  if (!typeName.startsWith("ArrayOf")) return { kind: "record", className: typeName };
  const itemName = typeName.slice("ArrayOf".length);
  const itemNamespace = itemName === "string" ? ARRAYS_NAMESPACE : RETAIL_NAMESPACE;
  return { kind: "array", name: typeName, itemName, itemNamespace, item: shapeOf(itemName) };
}

/** Structs, in .NET: absent ones read as their default, and cannot be nil. */
export function isValueType(shape: Shape): boolean {
  return shape.kind === "enumeration" || (shape.kind === "simple" && shape.type !== "string");
}

const MEMBERS = new Map<string, readonly Member[]>();

/** All members of a class in the order of the wire, base classes first. */
export function membersOf(className: string): readonly Member[] {
  const known = MEMBERS.get(className);
  if (known !== undefined) return known;
  const dataClass = DATA_CLASSES[className];
  if (dataClass === undefined) throw new RangeError(`no data class is named ${className}`);
  const { namespace } = dataClass;
  const inherited = dataClass.extends === null ? [] : membersOf(dataClass.extends);
  const members = [...inherited, ...dataClass.members.map(([name, type]) => ({ name, namespace, shape: shapeOf(type) }))];
  MEMBERS.set(className, members);
  return members;
}
