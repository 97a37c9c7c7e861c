/** One element of an XML file. */
export interface XmlElement {
  /** Without its prefix. */
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** The text directly inside, entities decoded, white space kept. */
  readonly text: string;
  /** Counted from 1. */
  readonly line: number;
}

export function findChild({ element, name }: { element: XmlElement; name: string }): XmlElement | undefined {
  return element.children.find((child) => child.name === name);
}

/** The trimmed text of a child; empty where there is none. */
export function childText({ element, name }: { element: XmlElement; name: string }): string {
  return findChild({ element, name })?.text.trim() ?? "";
}
