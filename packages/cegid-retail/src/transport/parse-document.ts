import { SaxesParser, type SaxesTagPlain } from "saxes";
import { INSTANCE_NAMESPACE } from "../soap/namespaces.ts";
import { UnreadableAnswerError } from "../soap/unreadable-answer-error.ts";
import type { XmlElement } from "../soap/xml-element.ts";
import { localNameOf, namespaceOf, openScope, OUTERMOST_SCOPE, type NamespaceScope } from "./namespace-scope.ts";

/** Faults nest an exception a level; data three levels. */
const MOST_DEEP = 64;
// Namespaces are ours: saxes makes several objects an element for them, a third of all its time.
const OPTIONS = { xmlns: false, position: false, defaultXMLVersion: "1.0", forceXMLVersion: true } as const;
const DECODER = new TextDecoder("utf-8", { fatal: true });

/**
 * The root of a document, of UTF-8. A DOCTYPE, and with it every declaration of an entity, is refused; so is what is not
 * well-formed, in names and namespaces too, and what is nested deeper than any answer. Throws an `UnreadableAnswerError`.
 */
export function parseDocument(bytes: Uint8Array): XmlElement {
  const parser = new SaxesParser(OPTIONS);
  // Side by side, from the root inwards.
  const open: XmlElement[] = [];
  const scopes: NamespaceScope[] = [OUTERMOST_SCOPE];
  let root: XmlElement | null = null;
  let current: XmlElement | null = null;
  const addText = (text: string): void => {
    if (current !== null) current.text = current.text === null ? text : current.text + text;
  };
  parser.on("error", () => refuse("malformed"));
  parser.on("doctype", () => refuse("doctype"));
  parser.on("text", addText);
  parser.on("cdata", addText);
  parser.on("opentag", ({ name, attributes }) => {
    if (open.length >= MOST_DEEP) refuse("tooDeep");
    const scope = openScope({ outer: scopes.at(-1) ?? OUTERMOST_SCOPE, attributes });
    const element = toElement({ name, attributes, scope });
    if (current === null) root = element;
    else if (current.children === NO_CHILDREN) current.children = [element];
    else current.children.push(element);
    open.push(element);
    scopes.push(scope);
    current = element;
  });
  parser.on("closetag", () => {
    open.pop();
    scopes.pop();
    current = open.at(-1) ?? null;
  });
  parser.write(decode(bytes)).close();
  return root ?? refuse("malformed");
}

// Most elements have none; one list for all of them, which is never added to.
const NO_CHILDREN: XmlElement[] = [];

function toElement(request: { name: string; attributes: SaxesTagPlain["attributes"]; scope: NamespaceScope }): XmlElement {
  const { name, attributes, scope } = request;
  const namespace = namespaceOf({ name, scope, isAttribute: false });
  return { name: localNameOf(name), namespace, isNil: isNil({ attributes, scope }), text: null, children: NO_CHILDREN };
}

/** Looks at every attribute, so that an undeclared prefix of any is seen. */
function isNil(request: { attributes: Readonly<Record<string, string>>; scope: NamespaceScope }): boolean {
  const { attributes, scope } = request;
  let found = false;
  for (const name in attributes) {
    if (name === "xmlns" || name.startsWith("xmlns:")) continue;
    const namespace = namespaceOf({ name, scope, isAttribute: true });
    if (namespace !== INSTANCE_NAMESPACE || localNameOf(name) !== "nil") continue;
    if (found) refuse("malformed");
    found = /^\s*(?:true|1)\s*$/.test(attributes[name] ?? "");
  }
  return found;
}

function decode(bytes: Uint8Array): string {
  try {
    return DECODER.decode(bytes);
  } catch {
    return refuse("malformed");
  }
}

function refuse(reason: "doctype" | "tooDeep" | "malformed"): never {
  throw new UnreadableAnswerError({ reason });
}
