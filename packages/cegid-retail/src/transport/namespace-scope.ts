import { UnreadableAnswerError } from "../soap/unreadable-answer-error.ts";

/** Namespaces by prefix, where an element stands; the default one is that of the empty prefix. */
export type NamespaceScope = ReadonlyMap<string, string>;

const XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace";
const XMLNS_NAMESPACE = "http://www.w3.org/2000/xmlns/";

export const OUTERMOST_SCOPE: NamespaceScope = new Map([
  ["", ""],
  ["xml", XML_NAMESPACE],
]);

/** The scope inside an element, by its attributes. Most elements have none, and share the one around them. Throws an `UnreadableAnswerError`. */
export function openScope(request: { outer: NamespaceScope; attributes: Readonly<Record<string, string>> }): NamespaceScope {
  const { outer, attributes } = request;
  let inner: Map<string, string> | null = null;
  for (const name in attributes) {
    if (name !== "xmlns" && !name.startsWith("xmlns:")) continue;
    const prefix = name.slice("xmlns:".length);
    const namespace = attributes[name] ?? "";
    checkDeclaration({ name, prefix, namespace });
    inner ??= new Map(outer);
    inner.set(prefix, namespace);
  }
  return inner ?? outer;
}

/** Namespaces in XML 1.0, sections 2.2 and 3: prefixes are not undeclared, and `xml` and `xmlns` are what they are. */
function checkDeclaration(request: { name: string; prefix: string; namespace: string }): void {
  const { name, prefix, namespace } = request;
  const isBad =
    (name !== "xmlns" && (!isNcName(prefix) || namespace === "")) ||
    prefix === "xmlns" ||
    namespace === XMLNS_NAMESPACE ||
    (prefix === "xml") !== (namespace === XML_NAMESPACE);
  if (isBad) throw new UnreadableAnswerError({ reason: "malformed" });
}

/** What the prefix of a name stands for. Attributes without one are in no namespace. Throws an `UnreadableAnswerError`. */
export function namespaceOf(request: { name: string; scope: NamespaceScope; isAttribute: boolean }): string {
  const { name, scope, isAttribute } = request;
  const colon = name.indexOf(":");
  if (colon < 0) return isAttribute ? "" : (scope.get("") ?? "");
  const namespace = scope.get(name.slice(0, colon));
  if (colon === 0 || namespace === undefined || !isNcName(name.slice(colon + 1))) throw new UnreadableAnswerError({ reason: "malformed" });
  return namespace;
}

/** A name without its prefix. */
export function localNameOf(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}

/** Of a text that is a part of an XML name: no further colon, and no beginning that a name cannot have. */
function isNcName(text: string): boolean {
  return /^[^:.0-9\u00b7-][^:]*$/.test(text);
}
