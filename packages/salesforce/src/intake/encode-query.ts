/** A query part as short as RFC 3986 section 3.4 allows: Salesforce counts the bytes of an address, and lists of values fill it. */
export function encodeQuery(query: Readonly<Record<string, string>>): string {
  return Object.entries(query)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeQueryValue(value)}`)
    .join("&");
}

/** One value of a query part, as {@link encodeQuery} writes it. */
export function encodeQueryValue(value: string): string {
  return encodeURIComponent(value).replaceAll("%2C", ",").replaceAll("%40", "@").replaceAll("%3A", ":");
}

/** By code of a letter of ASCII: one where it stays, three where it is escaped. */
const WIDTHS = Uint8Array.from({ length: 0x80 }, (_, code) => encodeQueryValue(String.fromCodePoint(code)).length);

/** How long a value gets, without the writing of it. */
export function encodedLength(value: string): number {
  let length = 0;
  for (let index = 0; index < value.length; index += 1) {
    const code = value.charCodeAt(index);
    // Three letters a byte of UTF-8: two bytes, half of four for each half of a pair, or three.
    length += WIDTHS[code] ?? (code < 0x800 || (code >= 0xd800 && code < 0xe000) ? 6 : 9);
  }
  return length;
}
