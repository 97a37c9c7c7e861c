import { RULE_MARKERS } from "../schema/names.ts";
import { readFaults, type RawFault } from "./fault.ts";

const NAMES = Object.keys(RULE_MARKERS) as (keyof typeof RULE_MARKERS)[];

/** Which of our validation rules refused the row, told by the beginning of its message; null where none did. */
export function ruleMarkerOf(errors: readonly RawFault[]): keyof typeof RULE_MARKERS | null {
  const messages = readFaults(errors)
    .filter(({ code }) => code === "FIELD_CUSTOM_VALIDATION_EXCEPTION")
    .map(({ message }) => message.trimStart());
  return NAMES.find((name) => messages.some((message) => startsWithWord({ message, word: RULE_MARKERS[name] }))) ?? null;
}

function startsWithWord(request: { message: string; word: string }): boolean {
  const { message, word } = request;
  return message.startsWith(word) && !/^[A-Za-z0-9_]/.test(message.slice(word.length));
}
