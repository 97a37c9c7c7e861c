import fc from "fast-check";
import { MARKER } from "./marker.ts";

/** What breaks out of SQL, SOQL, XML, headers, addresses, CSV, terminals and templates where a value is put into a text. */
export const INJECTIONS: readonly string[] = [
  "'; DROP TABLE volenti.decision; --",
  "' OR '1'='1",
  "\\' OR Name LIKE '%",
  "'||pg_sleep(9)||'",
  "$$; SELECT 1; $$",
  "%' UNION SELECT NULL--",
  "</LastName><OptinEmail>ForPartners</OptinEmail><LastName>",
  "]]><x/><![CDATA[",
  "<!--", "-->", "<?xml version='1.0'?>", "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/hostname'>]>", "&e;&#0;&lt;",
  "\r\nX-Injected: 1\r\n\r\n", "\n\n", "\r", "\0",
  "../../../services/data", "..%2f..%2f", "?q=1&x=2#y", "//evil.example/", "@evil.example:80/", "%0d%0aX: 1",
  "=HYPERLINK(\"http://evil.example\")", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\",\"", "\"\r\n\"", ";|,\t",
  "\u001B]0;owned\u0007", "\u001B[2J\u001B[1;31m", "\u009B31m", "\u202Etxt.exe", "\u2028\u2029",
  "${7*7}", "{{7*7}}", "@{refPerson.id}", "%s%n", "\uFEFF", "\uD800", "\uDC00",
];

/** Every text holds the marker. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...INJECTIONS).map((text) => `${MARKER}${text}`),
  fc.constantFrom(...INJECTIONS).map((text) => `${text}${MARKER}${text}`),
  fc.string({ unit: "binary", maxLength: 30 }).map((text) => `${text}${MARKER}`),
  fc.constantFrom(`${MARKER}@example.com`, `${MARKER}${"w".repeat(70_000)}`),
);

const key = fc.constantFrom("__proto__", "constructor", "prototype", "toString", "valueOf", "then", "length", "toJSON", "", MARKER);
// Written out, because no engine writes them: the reader gets infinity, a rounded number, minus nothing.
const number = fc.constantFrom("1e400", "-1e400", "9007199254740993", "-0", "1e-400", "0.1", "12345678901234567890123", "-1");

/** JSON texts rather than values, because only a text makes `__proto__` a member of its own. */
export const hostileJson: fc.Arbitrary<string> = fc.letrec<{ node: string }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4, depthSize: "small" },
    fc.constantFrom("null", "true", "false", "{}", "[]", '""'),
    number,
    hostileText.map((text) => JSON.stringify(text)),
    fc.array(tie("node"), { maxLength: 3 }).map((items) => `[${items.join(",")}]`),
    fc.array(fc.tuple(key, tie("node")), { maxLength: 3 }).map((members) => `{${members.map(([name, text]) => `${JSON.stringify(name)}:${text}`).join(",")}}`),
    fc.constantFrom(400, 1200).map((depth) => `${"[".repeat(depth)}${JSON.stringify(MARKER)}${"]".repeat(depth)}`),
    fc.constantFrom(400, 1200).map((depth) => `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`),
  ),
})).node;

type Step = readonly [place: number, action: "replace" | "remove" | "add", text: string, name: string];

/** A JSON value with up to three of its places replaced, taken out, or given a member more. */
export function spoiledJson(original: unknown): fc.Arbitrary<unknown> {
  const step: fc.Arbitrary<Step> = fc.tuple(fc.nat(), fc.constantFrom("replace", "remove", "add"), hostileJson, key);
  return fc.array(step, { minLength: 1, maxLength: 3 }).map((steps) => steps.reduce(spoil, structuredClone(original)));
}

function spoil(value: unknown, [place, action, text, name]: Step): unknown {
  const holders = listPlaces(value);
  const chosen = holders[place % Math.max(1, holders.length)];
  const hostile: unknown = JSON.parse(text);
  if (chosen === undefined) return hostile;
  const { holder, member } = chosen;
  if (action === "remove") Reflect.deleteProperty(holder, member);
  else define({ holder, name: action === "add" ? name : member, value: hostile });
  return value;
}

/** As a parser does: `__proto__` becomes a member like any other. */
function define(request: { holder: object; name: string; value: unknown }): void {
  const { holder, name, value } = request;
  // A parser gives arrays items alone.
  if (Array.isArray(holder) && !/^\d+$/.test(name)) holder.push(value);
  else Object.defineProperty(holder, name, { value, writable: true, enumerable: true, configurable: true });
}

function listPlaces(value: unknown, depth = 0): { holder: object; member: string }[] {
  if (typeof value !== "object" || value === null || depth > 8) return [];
  return Object.keys(value).flatMap((member) => [
    { holder: value, member },
    ...listPlaces((value as Record<string, unknown>)[member], depth + 1),
  ]);
}

/** The bytes of a text with up to four pieces taken out, doubled, cut off, or put in. `pieces`: what the format knows. */
export function spoiledBytes(request: { text: string; pieces?: readonly string[] }): fc.Arbitrary<Uint8Array> {
  const { text, pieces = [] } = request;
  const original = Buffer.from(text, "utf8");
  const piece = fc.oneof(
    fc.constantFrom(...INJECTIONS, ...pieces, MARKER).map((inserted) => Buffer.from(inserted, "utf8")),
    hostileJson.map((inserted) => Buffer.from(inserted, "utf8")),
    fc.uint8Array({ maxLength: 6 }).map((bytes) => Buffer.from(bytes)),
  );
  const step = fc.tuple(fc.nat(), fc.nat(40), fc.constantFrom("remove", "double", "cut", "insert", "insert"), piece);
  return fc.array(step, { maxLength: 4 }).map((steps) =>
    steps.reduce<Buffer>((bytes, [place, length, action, inserted]) => {
      const start = place % (bytes.length + 1);
      const [before, middle, after] = [bytes.subarray(0, start), bytes.subarray(start, start + length), bytes.subarray(start + length)];
      if (action === "remove") return Buffer.concat([before, after]);
      if (action === "double") return Buffer.concat([before, middle, middle, after]);
      return action === "cut" ? before : Buffer.concat([before, inserted, middle, after]);
    }, original),
  );
}
