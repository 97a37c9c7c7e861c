/** Nothing that XML would read otherwise. */
const PLAIN = /^[ !-%'-;=?-~]*$/;

/**
 * A text as XML 1.0 carries it between tags; null where it cannot carry it at all: control characters, half a surrogate
 * pair, and U+FFFE and U+FFFF. A carriage return is written as a reference: a reader would turn it into a line feed.
 */
export function escapeText(text: string): string | null {
  if (PLAIN.test(text)) return text;
  if (!text.isWellFormed()) return null;
  let written = "";
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 0x20 ? code !== 0x09 && code !== 0x0a && code !== 0x0d : code > 0xfffd) return null;
    const reference = REFERENCES.get(code);
    if (reference === undefined) continue;
    written += text.slice(from, at) + reference;
    from = at + 1;
  }
  return written + text.slice(from);
}

const REFERENCES: ReadonlyMap<number, string> = new Map([
  [0x26, "&amp;"],
  [0x3c, "&lt;"],
  [0x3e, "&gt;"],
  [0x0d, "&#13;"],
]);
