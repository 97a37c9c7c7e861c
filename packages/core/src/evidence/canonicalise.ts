const MAXIMUM_DEPTH = 64;

/**
 * The RFC 8785 (JCS) form of plain JSON data: members ordered by UTF-16 code units, no white space, ECMAScript number
 * text. Throws a `TypeError` on anything that is not plain JSON (a Date, a Map, undefined, a bigint, NaN), on a lone
 * surrogate, and beyond 64 levels; the message never holds a value.
 */
export function canonicalise(value: unknown): string {
  return write(value, 0);
}

function write(value: unknown, depth: number): string {
  switch (typeof value) {
    case "string":
      return writeString(value);
    case "boolean":
      return value ? "true" : "false";
    case "number":
      if (!Number.isFinite(value)) throw new TypeError("not canonicalisable: number that is not finite");
      return JSON.stringify(value);
    case "object":
      if (value === null) return "null";
      if (depth >= MAXIMUM_DEPTH) throw new TypeError("not canonicalisable: nested too deeply");
      return Array.isArray(value) ? writeArray(value, depth) : writeObject(value, depth);
    default:
      throw new TypeError(`not canonicalisable: ${typeof value}`);
  }
}

function writeString(value: string): string {
  if (!value.isWellFormed()) throw new TypeError("not canonicalisable: lone surrogate");
  return JSON.stringify(value);
}

function writeArray(value: readonly unknown[], depth: number): string {
  let text = "[";
  for (let index = 0; index < value.length; index += 1) {
    if (index > 0) text += ",";
    text += write(value[index], depth + 1);
  }
  return `${text}]`;
}

function writeObject(value: object, depth: number): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    throw new TypeError("not canonicalisable: not a plain object");
  }
  let text = "{";
  for (const key of Object.keys(value).sort()) {
    if (text.length > 1) text += ",";
    text += `${writeString(key)}:${write((value as Record<string, unknown>)[key], depth + 1)}`;
  }
  return `${text}}`;
}
