import { XmlProblemError } from "./xml-problem-error.ts";

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
/** Outside of what XML 1.0 calls a character, halves of surrogate pairs included. */
const NO_CHARACTER = /[^\u0009\u000A\u000D\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

/** Text as it was meant: ends of lines as XML has them, then entities. Throws `XmlProblemError` for what XML 1.0 does not allow. */
export function decodeText(text: string): string {
  const decoded = text.replaceAll(/\r\n?/g, "\n").replaceAll(/&([^;&\s]*)(;?)/g, (_whole, name: string, end: string) => {
    const character = end === ";" ? namedOrNumbered(name) : undefined;
    if (character === undefined) throw new XmlProblemError("malformed");
    return character;
  });
  if (NO_CHARACTER.test(decoded)) throw new XmlProblemError("malformed");
  return decoded;
}

function namedOrNumbered(name: string): string | undefined {
  const number = /^#(?:x([0-9a-f]{1,6})|(\d{1,7}))$/i.exec(name);
  if (number === null) return Object.hasOwn(ENTITIES, name) ? ENTITIES[name] : undefined;
  const code = number[1] === undefined ? Number.parseInt(number[2] ?? "", 10) : Number.parseInt(number[1], 16);
  return code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}
