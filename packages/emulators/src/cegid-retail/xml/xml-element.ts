/** One element, its names resolved. */
export interface XmlElement {
  readonly name: string;
  /** Empty where it is in none. */
  readonly namespace: string;
  readonly attributes: readonly XmlAttribute[];
  readonly children: readonly XmlElement[];
  /** The text directly inside, white space kept. */
  readonly text: string;
}

export interface XmlAttribute {
  readonly name: string;
  readonly namespace: string;
  readonly value: string;
}

export function attributeOf(request: { element: XmlElement; namespace: string; name: string }): string | undefined {
  const { element, namespace, name } = request;
  return element.attributes.find((attribute) => attribute.name === name && attribute.namespace === namespace)?.value;
}
