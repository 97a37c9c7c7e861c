/** One element of a metadata file; the only way that such a file is made, so that everything in it is escaped. */
export interface XmlElement {
  readonly name: string;
  readonly content: string | number | boolean | readonly XmlElement[];
}

export function element(name: string, content: XmlElement["content"]): XmlElement {
  return { name, content };
}

const NAMESPACE = "http://soap.sforce.com/2006/04/metadata";

/** A whole file, as the Salesforce CLI writes them: four spaces a level, an end of line at the end. */
export function renderXml(root: XmlElement): string {
  const lines = renderElement({ node: root, depth: 0, attributes: ` xmlns="${NAMESPACE}"` });
  return `<?xml version="1.0" encoding="UTF-8"?>\n${lines.join("\n")}\n`;
}

function renderElement(request: { node: XmlElement; depth: number; attributes?: string }): string[] {
  const { node, depth, attributes = "" } = request;
  const indent = "    ".repeat(depth);
  if (!isList(node.content)) return [`${indent}<${node.name}${attributes}>${escapeText(String(node.content))}</${node.name}>`];
  if (node.content.length === 0) return [`${indent}<${node.name}${attributes}/>`];
  return [
    `${indent}<${node.name}${attributes}>`,
    ...node.content.flatMap((child) => renderElement({ node: child, depth: depth + 1 })),
    `${indent}</${node.name}>`,
  ];
}

function isList(content: XmlElement["content"]): content is readonly XmlElement[] {
  return typeof content === "object";
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;" };

function escapeText(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
