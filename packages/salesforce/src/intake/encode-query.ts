/** What RFC 3986 section 3.4 allows in a query as it is, and `encodeURIComponent` escapes all the same. */
const LEFT_AS_IS: ReadonlyMap<string, string> = new Map([["%2C", ","], ["%40", "@"], ["%3A", ":"]]);

/** A query part as short as the standard allows: Salesforce counts the bytes of an address, and lists of values fill it. */
export function encodeQuery(query: Readonly<Record<string, string>>): string {
  return Object.entries(query)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeValue(value)}`)
    .join("&");
}

function encodeValue(value: string): string {
  return encodeURIComponent(value).replaceAll(/%(?:2C|40|3A)/g, (escape) => LEFT_AS_IS.get(escape) ?? escape);
}
