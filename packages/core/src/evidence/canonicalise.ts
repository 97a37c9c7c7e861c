const MAXIMUM_DEPTH = 64;
const INTEGER_KEY = /^(?:0|[1-9]\d{0,9})$/;

/**
 * The RFC 8785 (JCS) form of plain JSON data: members ordered by UTF-16 code units, no white space, ECMAScript number
 * text. Throws a `TypeError` on anything that is not plain JSON (a Date, a Map, undefined, a bigint, NaN), on a lone
 * surrogate, and beyond 64 levels; the message never holds a value.
 */
export function canonicalise(value: unknown): string {
  const shape: Shape = { hasIntegerKeys: false };
  const ordered = order({ value, depth: 0, shape });
  return shape.hasIntegerKeys ? write(ordered) : JSON.stringify(ordered);
}

interface Shape {
  /** JavaScript enumerates integer-like keys first and by number, whatever order they were added in. */
  hasIntegerKeys: boolean;
}

/** Checks a value, and answers it with its members in order: the engine's own writer then does the rest, several times faster. */
function order(request: { value: unknown; depth: number; shape: Shape }): unknown {
  const { value, depth, shape } = request;
  switch (typeof value) {
    case "string":
      if (!value.isWellFormed()) throw new TypeError("not canonicalisable: lone surrogate");
      return value;
    case "boolean":
      return value;
    case "number":
      if (!Number.isFinite(value)) throw new TypeError("not canonicalisable: number that is not finite");
      return value;
    case "object":
      if (value === null) return null;
      if (depth >= MAXIMUM_DEPTH) throw new TypeError("not canonicalisable: nested too deeply");
      if (Array.isArray(value)) return Array.from(value, (item: unknown) => order({ value: item, depth: depth + 1, shape }));
      return orderMembers({ value, depth, shape });
    default:
      throw new TypeError(`not canonicalisable: ${typeof value}`);
  }
}

function orderMembers(request: { value: object; depth: number; shape: Shape }): Record<string, unknown> {
  const { value, depth, shape } = request;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    throw new TypeError("not canonicalisable: not a plain object");
  }
  const ordered: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  for (const key of Object.keys(value).sort()) {
    if (!key.isWellFormed()) throw new TypeError("not canonicalisable: lone surrogate");
    if (INTEGER_KEY.test(key)) shape.hasIntegerKeys = true;
    ordered[key] = order({ value: (value as Record<string, unknown>)[key], depth: depth + 1, shape });
  }
  return ordered;
}

/** Writes an ordered value by hand, where the engine's enumeration would put integer-like keys first. */
function write(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(write).join(",")}]`;
  const members = Object.entries(value)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${write(member)}`);
  return `{${members.join(",")}}`;
}
