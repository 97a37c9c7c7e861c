import { textAt, type DataRecord } from "../contract/data-value.ts";
import { BusinessRefusedError } from "./business-refused-error.ts";

/** Brazilian numbers: eleven digits for a person, fourteen for a company, the last two being a key. Throws a `BusinessRefusedError`. */
export function checkTaxNumber(record: DataRecord): void {
  const digits = textAt({ record, path: "CpfCnpjCode" });
  if (digits !== "" && !isSound(digits)) throw new BusinessRefusedError({ rule: "malformed", members: ["CpfCnpjCode"], sent: digits });
}

function isSound(digits: string): boolean {
  if (!/^(?:\d{11}|\d{14})$/.test(digits)) return false;
  const body = digits.slice(0, -2);
  const first = keyOf(body);
  return digits.endsWith(`${first}${keyOf(`${body}${first}`)}`);
}

/** Weights grow from 2 at the right; those of a company's number start again after 9. */
function keyOf(digits: string): number {
  const turn = digits.length > 10 ? 8 : 10;
  const sum = Array.from(digits).toReversed().reduce((total, digit, index) => total + Number(digit) * ((index % turn) + 2), 0);
  const rest = sum % 11;
  return rest < 2 ? 0 : 11 - rest;
}
