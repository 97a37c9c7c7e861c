import { memberNamed, membersOf, type Member, type Shape } from "./class-members.ts";
import type { ClassName } from "./data-contract.ts";
import { RETAIL_NAMESPACE } from "./namespaces.ts";
import { readSimpleValue } from "./simple-values.ts";
import { UnreadableAnswerError } from "./unreadable-answer-error.ts";
import type { XmlElement } from "./xml-element.ts";

interface Reading {
  readonly element: XmlElement;
  /** Of the members around it, with a full stop at the end. */
  readonly prefix: string;
  readonly timeZone: string;
}

/**
 * An element as the contract has it. Order and prefixes do not matter; members that the contract does not have, or that lie
 * in another namespace, are passed over. Null: nil, or an empty element of a type that has no empty value. Throws an
 * `UnreadableAnswerError` for a member that comes twice or is not of its type.
 */
export function readValue(request: { element: XmlElement; shape: Shape; timeZone: string }): unknown {
  const { element, shape, timeZone } = request;
  // The result itself is no member: its own name is left out of the paths.
  if (element.isNil) return null;
  if (shape.kind === "class") return readClass({ element, className: shape.name, prefix: "", timeZone });
  if (shape.kind === "array") return readItems({ element, item: shape.item, prefix: "", timeZone });
  return readText({ element, shape, prefix: "", timeZone });
}

function readMember(request: Reading & { member: Member }): unknown {
  const { element, member: { name, shape }, prefix, timeZone } = request;
  if (element.isNil) return null;
  switch (shape.kind) {
    case "class":
      return readClass({ element, className: shape.name, prefix: `${prefix}${name}.`, timeZone });
    case "array":
      return readItems({ element, item: shape.item, prefix: `${prefix}${name}.`, timeZone });
    default:
      return readText({ element, shape, prefix, timeZone });
  }
}

function readText(request: Reading & { shape: Extract<Shape, { kind: "simple" | "enumeration" }> }): unknown {
  const { element, shape, prefix, timeZone } = request;
  if (element.children.length > 0) throw wrongType(prefix + element.name);
  const text = element.text ?? "";
  if (shape.kind === "simple" && shape.type === "string") return text;
  const lexical = text.trim();
  if (lexical === "") return null;
  const value = shape.kind === "enumeration" ? findLiteral({ literals: shape.literals, lexical }) : readSimpleValue({ type: shape.type, text, timeZone });
  if (value === undefined) throw wrongType(prefix + element.name);
  return value;
}

/** The contract's own text, so that an answer's is let go of. */
function findLiteral(request: { literals: readonly string[]; lexical: string }): string | undefined {
  const { literals, lexical } = request;
  return literals[literals.indexOf(lexical)];
}

function readClass(request: Reading & { className: ClassName }): Readonly<Record<string, unknown>> {
  const { element, className, prefix, timeZone } = request;
  const data: Record<string, unknown> = {};
  const members = membersOf(className);
  let next = 0;
  checkContent(request);
  for (const child of element.children) {
    if (child.namespace !== RETAIL_NAMESPACE) continue;
    // Servers write in the order of the contract: the next member is most often the one that comes.
    const expected = members[next];
    const member = expected?.name === child.name ? expected : memberNamed({ className, name: child.name });
    if (member === undefined) continue;
    if (member.position >= next) next = member.position + 1;
    else if (data[member.name] !== undefined) throw wrongType(prefix + member.name);
    data[member.name] = readMember({ element: child, member, prefix, timeZone });
  }
  return data;
}

/** One item is an array of one; items that are nil are none. */
function readItems(request: Reading & { item: ClassName }): readonly unknown[] {
  const { element, item, prefix, timeZone } = request;
  checkContent(request);
  return element.children
    .filter((child) => child.name === item && child.namespace === RETAIL_NAMESPACE && !child.isNil)
    .map((child) => readClass({ element: child, className: item, prefix, timeZone }));
}

/** Text where members belong is an answer of something else. */
function checkContent({ element, prefix }: Reading): void {
  if (element.text !== null && element.text.trim() !== "") throw wrongType(prefix.slice(0, -1));
}

function wrongType(member: string): UnreadableAnswerError {
  return new UnreadableAnswerError({ reason: "wrongType", ...(member === "" ? {} : { member }) });
}
