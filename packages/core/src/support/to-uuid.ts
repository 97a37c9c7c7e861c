import { toHexadecimal } from "./bytes.ts";

/** A version 4 UUID (RFC 9562 section 5.4) of 16 random bytes. */
export function toUuid(bytes: Uint8Array): string {
  const marked = Uint8Array.from(bytes, (byte, index) => (index === 6 ? (byte & 0x0f) | 0x40 : index === 8 ? (byte & 0x3f) | 0x80 : byte));
  return toHexadecimal(marked).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
