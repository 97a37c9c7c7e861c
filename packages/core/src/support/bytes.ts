const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const HEXADECIMAL = toCodes("0123456789abcdef");
const BASE64URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const BASE64URL_CODES = toCodes(BASE64URL);
const BASE32_CODES = toCodes("abcdefghijklmnopqrstuvwxyz234567");

function toCodes(alphabet: string): Uint8Array {
  return Uint8Array.from(alphabet, (letter) => letter.codePointAt(0) ?? 0);
}

const SHEET_SIZE = 65_536;
let sheet = new Uint8Array(SHEET_SIZE);
let written = 0;

/**
 * The UTF-8 bytes of a text. Short texts are written side by side on one sheet of memory: thousands of small buffers a
 * batch cost the garbage collector more than the encoding. No place is written on twice: the bytes are the caller's.
 */
export function toUtf8(text: string): Uint8Array {
  const most = text.length * 3;
  if (most > SHEET_SIZE / 8) return encoder.encode(text);
  if (written + most > SHEET_SIZE) {
    sheet = new Uint8Array(SHEET_SIZE);
    written = 0;
  }
  const start = written;
  written += encoder.encodeInto(text, sheet.subarray(start)).written;
  return sheet.subarray(start, written);
}

/** Throws a `TypeError` on bytes that are not UTF-8. */
export function fromUtf8(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

/** What engines of 2025 and later write themselves (ECMAScript, Uint8Array to and from base64). */
interface SelfWritingBytes {
  toHex?(): string;
  toBase64?(options: { alphabet: "base64url"; omitPadding: boolean }): string;
}

/** In lower case, two digits a byte. */
export function toHexadecimal(bytes: Uint8Array & SelfWritingBytes): string {
  return bytes.toHex?.() ?? writeBits({ bytes, codes: HEXADECIMAL, width: 4 });
}

const NO_DIGIT = 0xff;
/** By code of a character: its place in the alphabet of base64url. */
const SEXTETS = new Uint8Array(128).fill(NO_DIGIT);
for (const [value, code] of BASE64URL_CODES.entries()) SEXTETS[code] = value;
/** By code of a character: the value of the digit, in either case. */
const DIGITS = new Uint8Array(128).fill(NO_DIGIT);
for (const alphabet of ["0123456789abcdef", "0123456789ABCDEF"]) {
  for (const [value, code] of toCodes(alphabet).entries()) DIGITS[code] = value;
}

/** Null where the text is not an even number of hexadecimal digits. */
export function fromHexadecimal(text: string): Uint8Array | null {
  if (text.length % 2 !== 0) return null;
  // A table is several times faster, for a hash, than what engines of 2025 and later read themselves.
  const bytes = new Uint8Array(text.length / 2);
  for (let index = 0; index < bytes.length; index += 1) {
    const high = DIGITS[text.charCodeAt(index * 2)] ?? NO_DIGIT;
    const low = DIGITS[text.charCodeAt(index * 2 + 1)] ?? NO_DIGIT;
    if (high === NO_DIGIT || low === NO_DIGIT) return null;
    bytes[index] = (high << 4) | low;
  }
  return bytes;
}

/** RFC 4648 section 5, without padding. */
export function toBase64url(bytes: Uint8Array & SelfWritingBytes): string {
  return bytes.toBase64?.({ alphabet: "base64url", omitPadding: true }) ?? writeBits({ bytes, codes: BASE64URL_CODES, width: 6 });
}

/** RFC 4648 section 6 in lower case, without padding. */
export function toBase32(bytes: Uint8Array): string {
  return writeBits({ bytes, codes: BASE32_CODES, width: 5 });
}

/** Letters are gathered as codes and made text at once: adding letter to letter costs more in garbage than in work. */
function writeBits(request: { bytes: Uint8Array; codes: Uint8Array; width: number }): string {
  const { bytes, codes, width } = request;
  const letters = new Uint8Array(Math.ceil((bytes.length * 8) / width));
  const mask = (1 << width) - 1;
  let position = 0;
  let buffer = 0;
  let bits = 0;
  for (let index = 0; index < bytes.length; index += 1) {
    buffer = ((buffer << 8) | (bytes[index] ?? 0)) & 0xffff;
    bits += 8;
    while (bits >= width) {
      bits -= width;
      letters[position] = codes[(buffer >> bits) & mask] ?? 0;
      position += 1;
    }
  }
  if (bits > 0) letters[position] = codes[(buffer << (width - bits)) & mask] ?? 0;
  return decoder.decode(letters);
}

/** Null where the text is not base64url without padding, stray bits at the end included. */
export function fromBase64url(text: string): Uint8Array | null {
  if (text.length % 4 === 1) return null;
  const bytes = new Uint8Array(Math.floor((text.length * 6) / 8));
  let buffer = 0;
  let bits = 0;
  let position = 0;
  for (let index = 0; index < text.length; index += 1) {
    const sextet = SEXTETS[text.charCodeAt(index)] ?? NO_DIGIT;
    if (sextet === NO_DIGIT) return null;
    buffer = ((buffer << 6) | sextet) & 0xfff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[position] = (buffer >> bits) & 0xff;
      position += 1;
    }
  }
  return (buffer & ((1 << bits) - 1)) === 0 ? bytes : null;
}

/** One array of all bytes, in order. */
export function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  const whole = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

/** Whether both hold the same bytes; for digests and public values, not for secrets. */
export function equalBytes(left: Uint8Array, right: Uint8Array): boolean {
  if (left.length !== right.length) return false;
  return left.every((byte, index) => byte === right[index]);
}
