import { XMLParser, XMLValidator } from "fast-xml-parser";
import { decodeText } from "./decode-text.ts";
import type { XmlAttribute, XmlElement } from "./xml-element.ts";
import { XmlProblemError } from "./xml-problem-error.ts";

type ParsedNode = Record<string, unknown> & { ":@"?: Record<string, string> };
type Prefixes = Readonly<Record<string, string>>;

const PARSER = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: "",
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  // Decoded here instead: the library leaves unknown entities as they are.
  processEntities: false,
  cdataPropName: "#cdata",
});
const CDATA = /<!\[CDATA\[[\s\S]*?\]\]>/g;
const XML_PREFIXES: Prefixes = { xml: "http://www.w3.org/XML/1998/namespace" };
/** As XmlDictionaryReaderQuotas has it. */
const DEEPEST = 32;

/** The root element of a document. Throws `XmlProblemError` for a DOCTYPE, and for what is not well-formed, namespaces included. */
export function parseXml(text: string): XmlElement {
  const source = text.replace(/^\uFEFF/, "");
  if (/<!DOCTYPE/i.test(source.replaceAll(CDATA, ""))) throw new XmlProblemError("doctype");
  if (XMLValidator.validate(source) !== true) throw new XmlProblemError("malformed");
  const roots = parseNodes(source).filter((node) => elementName(node) !== null);
  const [root] = roots;
  if (root === undefined || roots.length > 1) throw new XmlProblemError("malformed");
  return toElement({ node: root, outer: XML_PREFIXES, depth: 1 });
}

function parseNodes(source: string): readonly ParsedNode[] {
  try {
    return PARSER.parse(source) as ParsedNode[];
  } catch {
    // What the library says repeats what it read.
    throw new XmlProblemError("malformed");
  }
}

function toElement(request: { node: ParsedNode; outer: Prefixes; depth: number }): XmlElement {
  const { node, outer, depth } = request;
  if (depth > DEEPEST) throw new XmlProblemError("malformed");
  const qualified = elementName(node) ?? "";
  const nodes = node[qualified] as ParsedNode[];
  const given = Object.entries(node[":@"] ?? {}).map(([name, value]) => ({ name, value: decodeText(value) }));
  const prefixes = { ...outer, ...declaredPrefixes(given) };
  const children = nodes.filter((child) => elementName(child) !== null);
  return {
    ...resolve({ qualified, prefixes, unprefixed: prefixes[""] ?? "" }),
    attributes: resolveAttributes({ given, prefixes }),
    children: children.map((child) => toElement({ node: child, outer: prefixes, depth: depth + 1 })),
    text: nodes.map(textOf).join(""),
  };
}

function declaredPrefixes(given: readonly { name: string; value: string }[]): Prefixes {
  const declared = given.filter(({ name }) => name === "xmlns" || name.startsWith("xmlns:"));
  return Object.fromEntries(declared.map(({ name, value }) => [name.slice("xmlns:".length), value]));
}

function resolveAttributes(request: { given: readonly { name: string; value: string }[]; prefixes: Prefixes }): XmlAttribute[] {
  const { given, prefixes } = request;
  return given
    .filter(({ name }) => name !== "xmlns" && !name.startsWith("xmlns:"))
    .map(({ name, value }) => ({ ...resolve({ qualified: name, prefixes, unprefixed: "" }), value }));
}

function resolve(request: { qualified: string; prefixes: Prefixes; unprefixed: string }): { name: string; namespace: string } {
  const { qualified, prefixes, unprefixed } = request;
  const [prefix = "", name, ...more] = qualified.split(":");
  if (name === undefined) return { name: prefix, namespace: unprefixed };
  const namespace = Object.hasOwn(prefixes, prefix) ? prefixes[prefix] : undefined;
  if (namespace === undefined || prefix === "" || name === "" || more.length > 0) throw new XmlProblemError("malformed");
  return { name, namespace };
}

function elementName(node: ParsedNode): string | null {
  return Object.keys(node).find((name) => name !== ":@" && !name.startsWith("#") && !name.startsWith("?")) ?? null;
}

function textOf(node: ParsedNode): string {
  const plain = node["#text"];
  if (typeof plain === "string") return decodeText(plain);
  const literal = node["#cdata"];
  if (!Array.isArray(literal)) return "";
  return (literal as ParsedNode[]).map((part) => (typeof part["#text"] === "string" ? part["#text"] : "")).join("");
}
