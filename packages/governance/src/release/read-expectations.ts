import { ConfigurationError, RELEASE_MASKS, resolveRecipient, type ConfigurationProblem, type ReleaseEffect, type ReleaseMask, type ReleasePolicy } from "@volenti/core";
import type { AgeBand } from "@volenti/core/adapter";
import { CONSENT_ANSWERS, type HypotheticalPerson } from "./hypothetical-facts.ts";

/** Names the format of a file of expectations. */
export const EXPECTATIONS_SCHEMA = "volenti-policy-expectations-1";

/** One row of a table of expectations. */
export interface PolicyExpectation extends HypotheticalPerson {
  /** For people who read failures; absent: the row's position says which it is. */
  readonly name?: string | undefined;
  /** `partner:NAME`, `destination:ID` or `till:STORE`. */
  readonly recipient: string;
  /** Key of a purpose. */
  readonly purpose: string;
  /** Dotted name. */
  readonly attribute: string;
  /** The effect that the policy is to have. */
  readonly expect: ReleaseEffect;
  /** Checked where it is given. */
  readonly mask?: ReleaseMask | undefined;
  /** A code that has to be among the answer's reasons. Absent: not checked, like the others. */
  readonly reason?: string | undefined;
  /** The rules that have to have decided, in any order. */
  readonly ruleIds?: readonly string[] | undefined;
}

const AGE_BANDS: readonly AgeBand[] = ["under13", "13-15", "16-17", "adult", "unknown"];
const TEXTS = ["name", "recipient", "purpose", "attribute", "jurisdiction", "reason"] as const;
const MEMBERS: ReadonlySet<string> = new Set([...TEXTS, "ageBand", "consent", "consents", "expect", "mask", "ruleIds"]);

/** Reads a table; throws a `ConfigurationError` with every place that is wrong, unknown names included. */
export function readExpectations(request: { table: unknown; policy: ReleasePolicy }): readonly PolicyExpectation[] {
  const { table, policy } = request;
  const rows = memberOf(table, "expectations");
  if (memberOf(table, "schema") !== EXPECTATIONS_SCHEMA) throw new ConfigurationError([{ path: "schema", code: "unknownValue" }]);
  if (!Array.isArray(rows)) throw new ConfigurationError([{ path: "expectations", code: rows === undefined ? "required" : "wrongType" }]);
  // A file that lost its rows would pass for ever.
  if (rows.length === 0) throw new ConfigurationError([{ path: "expectations", code: "required" }]);
  const problems = rows.flatMap((row: unknown, index) => checkRow({ row, path: `expectations[${index}]`, policy }));
  if (problems.length > 0) throw new ConfigurationError(problems);
  return rows as PolicyExpectation[];
}

interface RowCheck {
  readonly row: unknown;
  readonly path: string;
  readonly policy: ReleasePolicy;
}

function checkRow(check: RowCheck): ConfigurationProblem[] {
  const { row, path } = check;
  if (typeof row !== "object" || row === null) return [{ path, code: "wrongType" }];
  const shape = [
    ...(Object.keys(row).every((name) => MEMBERS.has(name)) ? [] : [{ path, code: "unknownKey" }]),
    ...["recipient", "purpose", "attribute", "expect"].flatMap((name) => (memberOf(row, name) === undefined ? [{ path: `${path}.${name}`, code: "required" }] : [])),
    ...TEXTS.flatMap((name) => (isOneOf(memberOf(row, name), ["string", "undefined"]) ? [] : [{ path: `${path}.${name}`, code: "wrongType" }])),
    ...checkWords(check),
  ];
  return shape.length > 0 ? shape : checkNames({ ...check, row: row as PolicyExpectation });
}

function checkWords({ row, path }: RowCheck): ConfigurationProblem[] {
  const word = (name: string, known: readonly string[]): ConfigurationProblem[] => {
    const value = memberOf(row, name);
    return value === undefined || known.some((one) => one === value) ? [] : [{ path: `${path}.${name}`, code: "unknownValue" }];
  };
  const consents = memberOf(row, "consents");
  const areSound = consents === undefined || (typeof consents === "object" && consents !== null && Object.values(consents).every((value) => CONSENT_ANSWERS.some((one) => one === value)));
  const ruleIds = memberOf(row, "ruleIds");
  return [
    ...word("expect", ["release", "mask", "deny"]),
    ...word("mask", RELEASE_MASKS),
    ...word("ageBand", AGE_BANDS),
    ...word("consent", CONSENT_ANSWERS),
    ...(areSound ? [] : [{ path: `${path}.consents`, code: "unknownValue" }]),
    ...(ruleIds === undefined || Array.isArray(ruleIds) ? [] : [{ path: `${path}.ruleIds`, code: "wrongType" }]),
  ];
}

function checkNames(check: { row: PolicyExpectation; path: string; policy: ReleasePolicy }): ConfigurationProblem[] {
  const { row, path, policy } = check;
  const recipient = resolveRecipient({ text: row.recipient, policy });
  const { purposes, attributes } = policy.world;
  return [
    ...(typeof recipient === "string" ? [{ path: `${path}.recipient`, code: recipient }] : []),
    ...(purposes.has(row.purpose) ? [] : [{ path: `${path}.purpose`, code: "unknownPurpose" }]),
    ...(attributes.has(row.attribute) ? [] : [{ path: `${path}.attribute`, code: "unknownAttribute" }]),
    ...(isJurisdiction(row.jurisdiction) ? [] : [{ path: `${path}.jurisdiction`, code: "unknownJurisdiction" }]),
    ...(Object.keys(row.consents ?? {}).every((key) => purposes.has(key)) ? [] : [{ path: `${path}.consents`, code: "unknownPurpose" }]),
  ];
}

/** A country or a part of one: a region is no place where a person is. */
export function isJurisdiction(text: string | undefined): boolean {
  return text === undefined || /^[A-Z]{2}(?:-[A-Z0-9]{1,3})?$/.test(text);
}

function isOneOf(value: unknown, types: readonly string[]): boolean {
  return types.includes(typeof value);
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
