/** Of C0 and C1; a line break inside a text is one too. */
const CONTROL_CHARACTERS = /[\u0000-\u001f\u007f-\u009f]/;
/** What XML 1.0 has no place for beside them. */
const OUTSIDE_XML = /[\ufffe\uffff]|\p{Surrogate}/u;

/**
 * Whether Y2 keeps the text to the letter: what it might trim, cut or not be able to read is refused rather than changed.
 * `longest` in UTF-16 units; null: not known.
 */
export function isStorableText(request: { text: string; longest: number | null }): boolean {
  const { text, longest } = request;
  if (text === "" || text.trim() !== text) return false;
  if (longest !== null && text.length > longest) return false;
  return !CONTROL_CHARACTERS.test(text) && !OUTSIDE_XML.test(text);
}
