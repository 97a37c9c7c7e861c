const MAXIMUM_DEPTH = 64;

/**
 * The RFC 8785 (JCS) form of plain JSON data: members ordered by UTF-16 code units, no white space, ECMAScript number
 * text. Throws a `TypeError` on anything that is not plain JSON (a Date, a Map, undefined, a bigint, NaN), on a lone
 * surrogate, and beyond 64 levels; the message never holds a value.
 */
export function canonicalise(value: unknown): string {
  return writeCanonical({ value, undefinedMembers: "refused" });
}

/** The same for input of callers in JavaScript, to whom a member that is undefined is absent. */
export function canonicaliseInput(value: unknown): string {
  return writeCanonical({ value, undefinedMembers: "absent" });
}

function writeCanonical(request: { value: unknown; undefinedMembers: "refused" | "absent" }): string {
  const survey: Survey = { depth: 0, isOrdered: true, undefinedMembers: request.undefinedMembers };
  check(request.value, survey);
  // The engine's own writer is several times faster than any other, and right wherever its order is the wanted one.
  const text = survey.isOrdered ? JSON.stringify(request.value) : write(request.value);
  // A lone surrogate is written as its escape: where there is none, no text has to be looked through.
  if (text.includes("\\ud")) checkTexts(request.value);
  return text;
}

interface Survey {
  depth: number;
  /** Whether every object enumerates its members in the canonical order. */
  isOrdered: boolean;
  readonly undefinedMembers: "refused" | "absent";
}

function check(value: unknown, survey: Survey): void {
  switch (typeof value) {
    case "string":
    case "boolean":
      return;
    case "number":
      if (!Number.isFinite(value)) throw new TypeError("not canonicalisable: number that is not finite");
      return;
    case "object":
      if (value !== null) checkNested(value, survey);
      return;
    default:
      throw new TypeError(`not canonicalisable: ${typeof value}`);
  }
}

function checkNested(value: object, survey: Survey): void {
  survey.depth += 1;
  if (survey.depth > MAXIMUM_DEPTH) throw new TypeError("not canonicalisable: nested too deeply");
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) check(value[index], survey);
  } else checkMembers(value, survey);
  survey.depth -= 1;
}

function checkMembers(value: object, survey: Survey): void {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    throw new TypeError("not canonicalisable: not a plain object");
  }
  let before = "";
  for (const key of Object.keys(value)) {
    const member = (value as Record<string, unknown>)[key];
    if (member === undefined && survey.undefinedMembers === "absent") continue;
    if (key < before) survey.isOrdered = false;
    before = key;
    if (typeof member !== "string") check(member, survey);
  }
}

/** Looks through a checked value: whoever writes a backslash before `ud` has no lone surrogate for it. */
function checkTexts(value: unknown): void {
  if (typeof value === "string" && !value.isWellFormed()) throw new TypeError("not canonicalisable: lone surrogate");
  if (typeof value !== "object" || value === null) return;
  for (const [key, member] of Object.entries(value)) {
    if (member === undefined) continue;
    checkTexts(key);
    checkTexts(member);
  }
}

/** Writes a checked value, members in order. Integer-like keys make this more than a sorted copy: engines enumerate those first. */
function write(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const parts: string[] = [];
  if (Array.isArray(value)) {
    for (const item of value) parts.push(write(item));
    return `[${parts.join(",")}]`;
  }
  for (const key of Object.keys(value).sort()) {
    const member = (value as Record<string, unknown>)[key];
    if (member !== undefined) parts.push(`${JSON.stringify(key)}:${write(member)}`);
  }
  return `{${parts.join(",")}}`;
}
