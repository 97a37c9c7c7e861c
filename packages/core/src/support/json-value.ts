/** Plain JSON data: what a submission, a profile value and an evidence record are made of. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };
