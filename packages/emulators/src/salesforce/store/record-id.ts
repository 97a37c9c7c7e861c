const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const SUFFIX_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

/** An id of 18 characters: prefix, instance, number in base 62, and the suffix that makes it safe without case. */
export function makeRecordId(request: { keyPrefix: string; sequence: number }): string {
  let rest = request.sequence;
  let number = "";
  for (let position = 0; position < 9; position += 1) {
    number = (DIGITS[rest % 62] ?? "0") + number;
    rest = Math.floor(rest / 62);
  }
  const short = `${request.keyPrefix}fj0${number}`;
  return short + checksum(short);
}

/** The form of 18 characters of an id of 15 or 18; null for what is no id. */
export function toLongId(text: string): string | null {
  if (!/^[0-9A-Za-z]+$/.test(text)) return null;
  if (text.length === 15) return text + checksum(text);
  if (text.length !== 18) return null;
  const short = text.slice(0, 15);
  return checksum(short) === text.slice(15) ? text : null;
}

/** Each letter of the suffix says which of five characters are capitals. */
function checksum(short: string): string {
  let suffix = "";
  for (let block = 0; block < 3; block += 1) {
    let bits = 0;
    for (let position = 0; position < 5; position += 1) {
      const code = short.charCodeAt(block * 5 + position);
      if (code >= 65 && code <= 90) bits += 1 << position;
    }
    suffix += SUFFIX_DIGITS[bits] ?? "A";
  }
  return suffix;
}
