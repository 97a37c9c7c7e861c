const MAXIMUM_DEPTH = 12;
const INSPECT = Symbol.for("nodejs.util.inspect.custom");

/**
 * Where a value shows one of the needles: in a string, a key, a member that is not enumerable, a cause, what `toJSON`,
 * `toString` and the inspect hook answer, or bytes; plainly, as base64, base64url or hexadecimal, with letters escaped as
 * addresses, JSON or XML do, or taken apart by Unicode's decomposition. Null where it shows none.
 */
export function reveals(request: { value: unknown; needles: readonly string[] }): string | null {
  const needles = request.needles.flatMap(disguises).map((needle) => needle.toLowerCase());
  return search({ value: request.value, needles, path: "", seen: new Set(), depth: 0 });
}

function disguises(needle: string): string[] {
  const bytes = new TextEncoder().encode(needle);
  const base64 = [0, 1, 2].map((offset) => {
    const padded = new Uint8Array(offset + bytes.length);
    padded.set(bytes, offset);
    // The letters at both ends depend on neighbours; those between do not.
    return btoa(String.fromCharCode(...padded)).replace(/=+$/, "").slice(offset + 1, -2);
  });
  const hexadecimal = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const encoded = base64.filter((text) => text.length >= 8).flatMap((text) => [text, text.replaceAll("+", "-").replaceAll("/", "_")]);
  return [needle, needle.normalize("NFC"), hexadecimal, ...encoded];
}

interface Search {
  value: unknown;
  needles: readonly string[];
  path: string;
  seen: Set<object>;
  depth: number;
}

function search(request: Search): string | null {
  const { value, needles, path, seen, depth } = request;
  if (typeof value === "string") return holds({ text: value, needles }) ? path : null;
  if (typeof value !== "object" || value === null || depth > MAXIMUM_DEPTH || seen.has(value)) return null;
  seen.add(value);
  if (ArrayBuffer.isView(value)) {
    const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    return holds({ text: new TextDecoder().decode(bytes), needles }) ? path : null;
  }
  for (const [name, member] of facesOf(value)) {
    if (holds({ text: name, needles })) return `${path}.(key)`;
    const found = search({ value: member, needles, path: `${path}.${name}`, seen, depth: depth + 1 });
    if (found !== null) return found;
  }
  return null;
}

function holds(request: { text: string; needles: readonly string[] }): boolean {
  const text = request.text.toLowerCase();
  const faces = new Set([text, text.normalize("NFC"), unescape(text)]);
  return request.needles.some((needle) => [...faces].some((face) => face.includes(needle)));
}

const ESCAPES = /%[0-9a-f]{2}|\\u[0-9a-f]{4}|\\x[0-9a-f]{2}|&#x[0-9a-f]{1,6};|&#\d{1,7};/;
const BYTES = /(?:%[0-9a-f]{2})+/g;
const UNITS = /\\u([0-9a-f]{4})|\\x([0-9a-f]{2})|&#x([0-9a-f]{1,6});/g;
const DECIMALS = /&#(\d{1,7});/g;

/** A lower-case text without the escapes of addresses, JSON, JavaScript and XML. */
function unescape(text: string): string {
  if (!ESCAPES.test(text)) return text;
  const decoder = new TextDecoder();
  return text
    .replace(BYTES, (bytes) => decoder.decode(Uint8Array.from(bytes.slice(1).split("%"), (digits) => Number.parseInt(digits, 16))))
    .replace(UNITS, (_, ...digits: readonly (string | undefined)[]) => toLetter(Number.parseInt(digits.find((found) => found !== undefined) ?? "", 16)))
    .replace(DECIMALS, (_, digits: string) => toLetter(Number(digits)))
    .toLowerCase()
    .normalize("NFC");
}

function toLetter(code: number): string {
  return code <= 0x10_ff_ff ? String.fromCodePoint(code) : "";
}

/** Everything that a logger or an error tracker may print of an object. */
function facesOf(value: object): [string, unknown][] {
  const faces: [string, unknown][] = Reflect.ownKeys(value).map((key) => [
    String(key),
    attempt(() => (value as Record<PropertyKey, unknown>)[key]),
  ]);
  const { toJSON, [INSPECT]: inspect } = value as { toJSON?: unknown; [INSPECT]?: unknown };
  if (typeof toJSON === "function") faces.push(["toJSON()", attempt(() => toJSON.call(value))]);
  if (typeof inspect === "function") faces.push(["inspect()", attempt(() => inspect.call(value, 8, {}))]);
  faces.push(["toString()", attempt(() => textOf(value))]);
  if (value instanceof Map) faces.push(["entries()", [...value.entries()]]);
  if (value instanceof Set) faces.push(["values()", [...value.values()]]);
  return faces;
}

function attempt(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    return error;
  }
}

/** What a template literal makes of it. */
function textOf(value: { toString?: unknown }): unknown {
  return typeof value.toString === "function" ? value.toString() : "";
}
