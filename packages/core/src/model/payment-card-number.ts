const DIGITS = /\d+/g;
/** What people write between the groups of a card number. */
const GAP = /^[^\p{L}\p{N}]{0,3}$/u;
const LONGEST = 19;
// Issuer ranges (ISO/IEC 7812-1) of networks that are alive, with their lengths. Wider ranges would refuse loyalty cards,
// which carry the same check digit.
const ISSUERS =
  /^(?:4\d{15}(?:\d{3})?|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}|3(?:0[0-5]|[68]\d)\d{11}|(?:6011|65\d\d|64[4-9]\d)\d{12}|35(?:2[89]|[3-8]\d)\d{12}|62\d{14,17})$/;

/**
 * Whether a text holds what looks like a payment card number: an issuer's range, a length of it, and a right check
 * digit, over whole groups of digits that stand together, whatever stands before or after them.
 */
export function holdsPaymentCardNumber(text: string): boolean {
  if (text.length < 13 || !mayHoldDigits(text)) return false;
  // Full-width and other compatibility digits are digits to whoever reads them.
  const plain = text.normalize("NFKC");
  const groups = [...plain.matchAll(DIGITS)];
  for (let first = 0; first < groups.length; first += 1) {
    let digits = "";
    let end = groups[first]?.index ?? 0;
    for (let next = first; next < groups.length; next += 1) {
      const group = groups[next];
      if (group === undefined || !GAP.test(plain.slice(end, group.index))) break;
      digits += group[0];
      end = group.index + group[0].length;
      if (digits.length > LONGEST) break;
      if (digits.length >= 13 && ISSUERS.test(digits) && hasLuhnCheckDigit(digits)) return true;
    }
  }
  return false;
}

/** Whether thirteen characters of a text may be digits; beyond ASCII, anything may. */
function mayHoldDigits(text: string): boolean {
  let found = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if ((code >= 48 && code <= 57) || code > 127) found += 1;
  }
  return found >= 13;
}

function hasLuhnCheckDigit(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = Number(digits[digits.length - 1 - index]);
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
