import { ARRAYS, CLASSES, ENUMERATIONS, type ArrayName, type ClassName, type EnumerationName, type SimpleType } from "./data-contract.ts";

/** What a member holds. */
export type Shape =
  | { readonly kind: "simple"; readonly type: SimpleType }
  | { readonly kind: "enumeration"; readonly literals: readonly string[] }
  | { readonly kind: "array"; readonly item: ClassName }
  | { readonly kind: "class"; readonly name: ClassName };

export interface Member {
  readonly name: string;
  /** From 0, in the order of the wire. */
  readonly position: number;
  readonly shape: Shape;
  readonly open: string;
  readonly close: string;
}

/** All members of a class in the order of the wire: the base's first. */
export function membersOf(className: ClassName): readonly Member[] {
  return MEMBERS[className];
}

/** The same by name. */
export function memberNamed(request: { className: ClassName; name: string }): Member | undefined {
  return BY_NAME[request.className].get(request.name);
}

export function shapeOf(type: string): Shape {
  if (isKey(CLASSES, type)) return { kind: "class", name: type };
  if (isKey(ARRAYS, type)) return { kind: "array", item: ARRAYS[type satisfies ArrayName] };
  if (isKey(ENUMERATIONS, type)) return { kind: "enumeration", literals: ENUMERATIONS[type satisfies EnumerationName] };
  return { kind: "simple", type: type as SimpleType };
}

function isKey<Keyed extends object>(keyed: Keyed, key: string): key is Extract<keyof Keyed, string> {
  return Object.hasOwn(keyed, key);
}

function listMembers(className: ClassName): readonly Member[] {
  const { base, members } = CLASSES[className];
  const inherited = base === null ? [] : listMembers(base);
  const own = Object.entries(members).map(([name, type], index) => ({
    name,
    position: inherited.length + index,
    shape: shapeOf(type),
    open: `<${name}>`,
    close: `</${name}>`,
  }));
  return [...inherited, ...own];
}

function forEachClass<Value>(make: (className: ClassName) => Value): Readonly<Record<ClassName, Value>> {
  return Object.fromEntries((Object.keys(CLASSES) as ClassName[]).map((name) => [name, make(name)])) as Record<ClassName, Value>;
}

// Looked up for every element of every answer, and therefore made once.
const MEMBERS = forEachClass(listMembers);
const BY_NAME = forEachClass((className) => new Map(MEMBERS[className].map((member) => [member.name, member])));
