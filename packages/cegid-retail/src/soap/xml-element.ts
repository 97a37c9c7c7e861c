/** One element of an answer. */
export interface XmlElement {
  /** Without its prefix. */
  readonly name: string;
  /** Empty where it has none. */
  readonly namespace: string;
  readonly isNil: boolean;
  /** Its own text, to the letter; null where it has none. */
  text: string | null;
  children: XmlElement[];
}
