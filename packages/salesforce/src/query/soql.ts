import { ConnectorError } from "@volenti/core/adapter";
import { CONNECTOR_ID } from "../transport/salesforce-session.ts";

declare const brand: unique symbol;

/** A query text that only {@link soql} makes. `holdsTexts`: whether it quotes a text, which then must not get into a URL. */
export interface Soql {
  readonly text: string;
  readonly holdsTexts: boolean;
  readonly [brand]: "soql";
}

/** A checked name of a field, a relationship path or an object. */
export interface SoqlName {
  readonly name: string;
  readonly [brand]: "name";
}

/** An instant as SOQL writes it: bare, UTC. */
export interface SoqlInstant {
  readonly instant: string;
  readonly [brand]: "instant";
}

export type SoqlValue = string | number | boolean | null | Date | SoqlInstant;

type Placeholder = SoqlValue | SoqlName | Soql | readonly (SoqlValue | SoqlName)[];

const NAME = /^[A-Za-z][A-Za-z0-9_]{0,79}(?:\.[A-Za-z][A-Za-z0-9_]{0,79}){0,5}$/;
// What is made here, told at run time from an object of the same shape.
const made = new WeakSet();

/**
 * A query: `soql\`SELECT Id FROM Contact WHERE Email IN ${emails} AND ${fieldName(own)} = ${value}\``. Texts are quoted
 * and escaped, lists become `(…)`, other queries are taken as they are, and nothing else gets in. A list of names is
 * joined by commas, for SELECT. Throws `invalidInput` for what SOQL cannot say: an empty list, a number that is none.
 */
export function soql(template: TemplateStringsArray, ...values: readonly Placeholder[]): Soql {
  let text = template[0] ?? "";
  for (const [index, value] of values.entries()) text += `${render(value)}${template[index + 1] ?? ""}`;
  return keep({ text, holdsTexts: values.some(holdsText) }) as Soql;
}

/** Joins conditions or clauses, at least one, with a word of ours between them. */
export function joinSoql(request: { parts: readonly Soql[]; separator: ", " | " AND " | " OR " | " " }): Soql {
  const { parts, separator } = request;
  if (parts.length === 0) throw refusal("emptyList");
  const text = parts.map(render).join(separator);
  return keep({ text, holdsTexts: parts.some(({ holdsTexts }) => holdsTexts) }) as Soql;
}

/** A name of the org's, as settings and describes give it: letters, digits and underscores, dotted for relationships. */
export function fieldName(name: string): SoqlName {
  if (!NAME.test(name)) throw refusal("malformedName");
  return keep({ name }) as SoqlName;
}

/** Epoch milliseconds as a SOQL datetime literal. */
export function soqlInstant(epochMilliseconds: number): SoqlInstant {
  const instant = new Date(epochMilliseconds);
  if (Number.isNaN(instant.getTime())) throw refusal("malformedInstant");
  return keep({ instant: instant.toISOString() }) as SoqlInstant;
}

function render(value: Placeholder): string {
  if (Array.isArray(value)) return renderList(value as readonly (SoqlValue | SoqlName)[]);
  if (value === null || typeof value !== "object" || value instanceof Date) return renderValue(value);
  return renderMade(value as SoqlName | Soql | SoqlInstant);
}

function renderList(values: readonly (SoqlValue | SoqlName)[]): string {
  if (values.length === 0) throw refusal("emptyList");
  const isNames = values.every((value) => typeof value === "object" && value !== null && "name" in value);
  const items = values.map(render);
  return isNames ? items.join(", ") : `(${items.join(",")})`;
}

function renderMade(value: SoqlName | Soql | SoqlInstant): string {
  if (!made.has(value)) throw refusal("foreignValue");
  if ("name" in value) return value.name;
  return "instant" in value ? value.instant : value.text;
}

function renderValue(value: Exclude<SoqlValue, SoqlInstant>): string {
  if (value === null) return "null";
  if (value instanceof Date) return soqlInstant(value.getTime()).instant;
  if (typeof value === "string") return `'${escapeText(value)}'`;
  if (typeof value === "boolean") return value ? "true" : "false";
  if (typeof value !== "number" || !Number.isFinite(value)) throw refusal("malformedNumber");
  // SOQL knows no exponents.
  const digits = String(value);
  if (/[eE]/.test(digits)) throw refusal("malformedNumber");
  return digits;
}

// https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_quotedstringescapes.htm
const ESCAPES: Readonly<Record<string, string>> = {
  "\\": String.raw`\\`,
  "'": String.raw`\'`,
  '"': String.raw`\"`,
  "\n": String.raw`\n`,
  "\r": String.raw`\r`,
  "\t": String.raw`\t`,
  "\b": String.raw`\b`,
  "\f": String.raw`\f`,
};

/** What a literal must not hold as it is: quotes and their escape, control characters and line ends, halves of characters. */
const UNSAFE = /[\\'"\u0000-\u001F\u007F-\u009F\u2028\u2029]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/** Of which nearly every ref, address and number is made: to look for one class takes half the time of the unsafe ones. */
const PLAIN = /^[A-Za-z0-9@.+_-]*$/;

function escapeText(text: string): string {
  if (PLAIN.test(text)) return text;
  return text.replaceAll(UNSAFE, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return ESCAPES[character] ?? String.raw`\u${code.toString(16).padStart(4, "0")}`;
  });
}

function holdsText(value: Placeholder): boolean {
  if (typeof value === "string") return true;
  if (Array.isArray(value)) return value.some((entry) => typeof entry === "string");
  return typeof value === "object" && value !== null && "holdsTexts" in value && value.holdsTexts;
}

function keep(value: object): unknown {
  const frozen = Object.freeze(value);
  made.add(frozen);
  return frozen;
}

function refusal(providerCode: string): ConnectorError {
  return new ConnectorError({ code: "invalidInput", connectorId: CONNECTOR_ID, operation: "soql", providerCode });
}
