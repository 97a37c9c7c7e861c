import { MetadataProblem } from "./metadata-problem.ts";
import type { XmlElement } from "./xml-element.ts";

/** Reads one element; throws a `MetadataProblem` where it does not fit. */
export type ElementReader<Value> = (request: { element: XmlElement; owner: string }) => Value;

/** One member of a metadata type: how it is read, and how often it may come. */
export interface MemberRule<Value> {
  readonly read: (request: { elements: readonly XmlElement[]; name: string; owner: string; line: number }) => Value;
}

type MemberRules = Readonly<Record<string, MemberRule<unknown>>>;
type Members<Rules extends MemberRules> = { readonly [Name in keyof Rules]: Rules[Name] extends MemberRule<infer Value> ? Value : never };

const NAMESPACE = "{http://soap.sforce.com/2006/04/metadata}";

/** A metadata type with its members, as the Metadata API's WSDL lists them. Anything else is refused. */
export function recordOf<const Rules extends MemberRules>(request: { type: string; members: Rules }): ElementReader<Members<Rules>> {
  const { type, members } = request;
  return ({ element }) => {
    const stranger = element.children.find(({ name }) => !Object.hasOwn(members, name));
    if (stranger !== undefined) {
      throw new MetadataProblem({
        problem: `Error parsing file: Element ${NAMESPACE}${stranger.name} invalid at this location in type ${type}`,
        line: stranger.line,
      });
    }
    if (element.text.trim() !== "") throw new MetadataProblem({ problem: `Error parsing file: unexpected text in type ${type}`, line: element.line });
    const values = Object.entries(members).map(([name, rule]) => {
      const elements = element.children.filter((child) => child.name === name);
      return [name, rule.read({ elements, name, owner: type, line: element.line })];
    });
    return Object.fromEntries(values) as Members<Rules>;
  };
}

export function required<Value>(read: ElementReader<Value>): MemberRule<Value> {
  return {
    read: (request) => {
      const value = optional(read).read(request);
      if (value !== undefined) return value;
      throw new MetadataProblem({ problem: `Required field is missing: ${request.name}`, line: request.line });
    },
  };
}

export function optional<Value>(read: ElementReader<Value>): MemberRule<Value | undefined> {
  return {
    read: ({ elements, name, owner }) => {
      const [element, second] = elements;
      if (second !== undefined) {
        throw new MetadataProblem({
          problem: `Error parsing file: Element ${name} is duplicated at this location in type ${owner}`,
          line: second.line,
        });
      }
      return element === undefined ? undefined : read({ element, owner });
    },
  };
}

export function many<Value>(read: ElementReader<Value>): MemberRule<readonly Value[]> {
  return { read: ({ elements, owner }) => elements.map((element) => read({ element, owner })) };
}

export const string: ElementReader<string> = ({ element, owner }) => {
  const [child] = element.children;
  if (child === undefined) return element.text.trim();
  throw new MetadataProblem({ problem: `Error parsing file: Element ${NAMESPACE}${child.name} invalid at this location in type ${owner}`, line: child.line });
};

export const boolean: ElementReader<boolean> = (request) => {
  const text = string(request);
  if (text === "true" || text === "1") return true;
  if (text === "false" || text === "0") return false;
  throw invalid({ request, type: "xsd:boolean" });
};

export const integer: ElementReader<number> = (request) => {
  const text = string(request);
  if (/^[+-]?\d+$/.test(text)) return Number(text);
  throw invalid({ request, type: "xsd:int" });
};

export const double: ElementReader<number> = (request) => {
  const text = string(request);
  if (text !== "" && Number.isFinite(Number(text))) return Number(text);
  throw invalid({ request, type: "xsd:double" });
};

/** One of an enumeration's values, spelled exactly. */
export function oneOf<const Value extends string>(request: { type: string; values: readonly Value[] }): ElementReader<Value> {
  return (given) => {
    const text = string(given);
    const value = request.values.find((candidate) => candidate === text);
    if (value !== undefined) return value;
    throw new MetadataProblem({ problem: `'${text}' is not a valid value for the enum '${request.type}'`, line: given.element.line });
  };
}

/** A member that changes nothing that the emulator keeps. */
export const ignored: MemberRule<undefined> = { read: () => undefined };

/** A member of the real type that the emulator has no behaviour for: it is refused rather than passed over. */
export const unsupported: MemberRule<undefined> = {
  read: ({ elements, name, owner }) => {
    const [element] = elements;
    if (element === undefined) return undefined;
    throw new MetadataProblem({ problem: `This emulator has no <${name}> in type ${owner}`, line: element.line });
  },
};

function invalid({ request, type }: { request: { element: XmlElement }; type: string }): MetadataProblem {
  return new MetadataProblem({ problem: `Error parsing file: '${request.element.text.trim()}' is not a valid value for the type ${type}`, line: request.element.line });
}
