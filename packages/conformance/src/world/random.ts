import { toBase32, toHexadecimal } from "@volenti/core/adapter";

/** A ref as core makes them where a route has a ledger: 128 random bits in 26 base32 letters. */
export function randomRef(): string {
  return toBase32(globalThis.crypto.getRandomValues(new Uint8Array(16)));
}

/** Ten hexadecimal digits: enough to be found nowhere by chance. */
export function randomMark(): string {
  return toHexadecimal(globalThis.crypto.getRandomValues(new Uint8Array(5)));
}

/** A digest that no key made. */
export function randomDigest(): string {
  return toHexadecimal(globalThis.crypto.getRandomValues(new Uint8Array(32)));
}

/** Random UUIDs in ascending order, for cases that turn on the order of ids. */
export function ascendingIds(count: number): string[] {
  return Array.from({ length: count }, () => globalThis.crypto.randomUUID() as string).toSorted();
}
