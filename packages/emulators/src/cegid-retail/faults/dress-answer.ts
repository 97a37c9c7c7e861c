import { RETAIL_NAMESPACE } from "../contract/namespaces.ts";
import { escapeXml } from "../xml/escape-xml.ts";
import { parseXml } from "../xml/parse-xml.ts";
import type { XmlElement } from "../xml/xml-element.ts";

/** The same answer under other prefixes, with members in records and wrappers that the contract does not have. */
export function dressAnswer(text: string): string {
  const root = parseXml(text);
  const namespaces = [...new Set(listNamespaces(root))];
  const prefixes = new Map(namespaces.map((namespace, index) => [namespace, `q${index + 1}`]));
  const declarations = [...prefixes].map(([namespace, prefix]) => ` xmlns:${prefix}="${namespace}"`).join("");
  return `<?xml version="1.0" encoding="utf-8"?>\n${writeElement({ element: root, prefixes, declarations })}`;
}

function listNamespaces(element: XmlElement): readonly string[] {
  const own = [element.namespace, ...element.attributes.map(({ namespace }) => namespace)];
  return [...own, ...element.children.flatMap(listNamespaces)].filter((namespace) => namespace !== "");
}

function writeElement(request: { element: XmlElement; prefixes: ReadonlyMap<string, string>; declarations: string }): string {
  const { element, prefixes, declarations } = request;
  const nameOf = ({ name, namespace }: { name: string; namespace: string }): string => (namespace === "" ? name : `${prefixes.get(namespace) ?? ""}:${name}`);
  const attributes = element.attributes.map((attribute) => ` ${nameOf(attribute)}="${escapeXml(attribute.value)}"`).join("");
  const children = element.children.map((child) => writeElement({ element: child, prefixes, declarations: "" }));
  const content = children.length === 0 ? [escapeXml(element.text)] : surround({ element, children, prefix: prefixes.get(RETAIL_NAMESPACE) ?? "" });
  return `<${nameOf(element)}${declarations}${attributes}>${content.join("")}</${nameOf(element)}>`;
}

function surround(request: { element: XmlElement; children: readonly string[]; prefix: string }): readonly string[] {
  const { element, children, prefix } = request;
  const isList = new Set(element.children.map(({ name }) => name)).size === 1 && !element.name.endsWith("Response");
  if (element.namespace !== RETAIL_NAMESPACE || isList) return children;
  const newer = `<${prefix}:AddedSince><${prefix}:CustomerId>none</${prefix}:CustomerId></${prefix}:AddedSince>`;
  return [newer, "<!-- newer -->", ...children, `<x:Foreign xmlns:x="http://www.cegid.fr/Retail/2.0"/>`];
}
