import { ARRAYS, CLASSES } from "../soap/data-contract.ts";
import { OPERATIONS } from "../soap/operations.ts";
import type { XmlElement } from "../soap/xml-element.ts";

/** What a SOAP fault says in codes. Its texts are in the user's language and may quote a person: they end here. */
export interface Fault {
  /** Of the deepest message, else the deepest `Id`, else the fault code; null where none of them is a code. */
  readonly code: string | null;
  /** Members that the fault blames, as far as the contract has them. */
  readonly fieldNames: readonly string[];
  /** For Cegid's support. */
  readonly trackingId: string | null;
}

// Remote call failed: Code = (CBR00450) Message = (CBR00450 : text (TClass.Method))
const CODE_IN_MESSAGE = /Code = \((\w{1,64})\)/;
const CODE = /^[A-Za-z][A-Za-z0-9_]{0,63}$/;
const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Reads `soap:Fault`, whatever its detail is: BusinessFaultDetail, CbpExceptionDetail with exceptions inside, another, or none. */
export function readFault(fault: XmlElement): Fault {
  const levels = listLevels(childNamed(childNamed(fault, "detail"), null));
  const deepest = levels.at(-1);
  const candidates = [
    CODE_IN_MESSAGE.exec(textOf(childNamed(deepest, "Message")))?.[1],
    ...levels.toReversed().map((level) => textOf(childNamed(level, "Id"))),
    // A QName, of any prefix.
    textOf(childNamed(fault, "faultcode")).split(":").at(-1),
  ];
  return {
    code: candidates.find((candidate) => candidate !== undefined && CODE.test(candidate)) ?? null,
    fieldNames: levels.flatMap((level) => childNamed(level, "MemberNames")?.children ?? []).map(textOf).filter(isOfContract),
    trackingId: levels.map((level) => textOf(childNamed(level, "TrackingId"))).find((text) => GUID.test(text)) ?? null,
  };
}

/** The detail and its inner exceptions, outermost first. */
function listLevels(detail: XmlElement | undefined): readonly XmlElement[] {
  const levels: XmlElement[] = [];
  for (let level = detail; level !== undefined && !level.isNil && level.children.length > 0; level = childNamed(level, "InnerException")) levels.push(level);
  return levels;
}

/** By its local name alone: which of three namespaces a base class's members lie in is unproven, and only codes are taken. Null: the first. */
function childNamed(element: XmlElement | undefined, name: string | null): XmlElement | undefined {
  return element?.children.find((child) => name === null || child.name === name);
}

function textOf(element: XmlElement | undefined): string {
  return element?.text?.trim() ?? "";
}

const NAMES: ReadonlySet<string> = new Set([
  ...Object.values(CLASSES).flatMap(({ members }) => Object.keys(members)),
  ...Object.values(ARRAYS),
  ...Object.values(OPERATIONS).flatMap(({ operands }) => operands.map(([name]) => name)),
  "clientContext",
]);

/** Other names may be somebody's words. */
function isOfContract(name: string): boolean {
  return name.split(".").every((part) => NAMES.has(part));
}
