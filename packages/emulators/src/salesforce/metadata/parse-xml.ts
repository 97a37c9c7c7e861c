import { XMLParser, XMLValidator } from "fast-xml-parser";
import { MetadataProblem } from "./metadata-problem.ts";
import type { XmlElement } from "./xml-element.ts";

type ParsedNode = Record<string, unknown> & { ":@"?: Record<string, string> };

const PARSER = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: "",
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  // Decoded here instead: the library leaves numbers as they are, and knows no unknown entity.
  processEntities: false,
  captureMetaData: true,
  cdataPropName: "#cdata",
});
const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** The root element of a file. Throws a `MetadataProblem` for what is not well-formed. */
export function parseXml(text: string): XmlElement {
  const source = text.replace(/^\uFEFF/, "");
  const verdict = XMLValidator.validate(source);
  if (verdict !== true) throw new MetadataProblem({ problem: `Error parsing file: ${verdict.err.msg}`, line: verdict.err.line });
  if (/<!DOCTYPE/i.test(source)) throw new MetadataProblem({ problem: "Error parsing file: DOCTYPE is disallowed", line: 1 });
  const roots = (PARSER.parse(source) as ParsedNode[]).filter((node) => elementName(node) !== null);
  const [root] = roots;
  if (root === undefined || roots.length > 1) throw new MetadataProblem({ problem: "Error parsing file: no single root element", line: 1 });
  return toElement({ node: root, countLine: createLineCounter(source) });
}

function toElement({ node, countLine }: { node: ParsedNode; countLine: (index: number) => number }): XmlElement {
  const qualified = elementName(node) ?? "";
  const children = node[qualified] as ParsedNode[];
  const line = countLine(startOf(node));
  const attributes = Object.entries(node[":@"] ?? {}).map(([name, value]) => [name, decode({ text: value, line })]);
  return {
    name: qualified.slice(qualified.indexOf(":") + 1),
    attributes: Object.fromEntries(attributes) as Record<string, string>,
    children: children.filter((child) => elementName(child) !== null).map((child) => toElement({ node: child, countLine })),
    text: children.map((child) => textOf({ node: child, line })).join(""),
    line,
  };
}

function elementName(node: ParsedNode): string | null {
  return Object.keys(node).find((name) => name !== ":@" && !name.startsWith("#") && !name.startsWith("?")) ?? null;
}

function textOf({ node, line }: { node: ParsedNode; line: number }): string {
  const plain = node["#text"];
  if (typeof plain === "string") return decode({ text: plain, line });
  const literal = node["#cdata"];
  if (!Array.isArray(literal)) return "";
  return (literal as ParsedNode[]).map((part) => (typeof part["#text"] === "string" ? part["#text"] : "")).join("");
}

function startOf(node: ParsedNode): number {
  // The library declares the object type where it means the primitive.
  const key = XMLParser.getMetaDataSymbol() as unknown as symbol;
  const place = (node as Record<symbol, unknown>)[key] as { startIndex?: number } | undefined;
  return place?.startIndex ?? 0;
}

function decode({ text, line }: { text: string; line: number }): string {
  return text.replaceAll(/&([^;&\s]*);?/g, (_whole, name: string) => {
    const number = /^#(?:x([0-9a-f]+)|(\d+))$/i.exec(name);
    const character = number === null ? ENTITIES[name] : String.fromCodePoint(Number.parseInt(number[1] ?? number[2] ?? "0", number[1] === undefined ? 10 : 16));
    if (character === undefined) throw new MetadataProblem({ problem: "Error parsing file: an entity was referenced, but not declared", line });
    return character;
  });
}

/** Elements come in order, so that each line is counted once. */
function createLineCounter(source: string): (index: number) => number {
  let counted = 0;
  let line = 1;
  return (index) => {
    if (index < counted) return line;
    line += source.slice(counted, index).split("\n").length - 1;
    counted = index;
    return line;
  };
}
