/** A query part as short as RFC 3986 section 3.4 allows: Salesforce counts the bytes of an address, and lists of values fill it. */
export function encodeQuery(query: Readonly<Record<string, string>>): string {
  return Object.entries(query)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeValue(value)}`)
    .join("&");
}

function encodeValue(value: string): string {
  return encodeURIComponent(value).replaceAll("%2C", ",").replaceAll("%40", "@").replaceAll("%3A", ":");
}

/** How long a value gets, without the writing of it. */
export function encodedLength(value: string): number {
  let spared = 0;
  for (let index = 0; index < value.length; index += 1) if (KEPT.includes(value.charAt(index))) spared += "%2C".length - 1;
  return encodeURIComponent(value).length - spared;
}

/** What {@link encodeValue} leaves as it is. */
const KEPT = ",@:";
