import type { Problem, Volenti } from "@volenti/core";
import type { IdentifierKind } from "@volenti/core/adapter";
import type { ImportMap } from "./import-map-schema.ts";
import { planDecisions, type PlannedDecision } from "./plan-decisions.ts";
import { readDate, readField, readText, type ImportFields } from "./read-field.ts";

/** A submission of an import, before it has an id. */
export interface ImportedSubmission {
  readonly collectionPoint: string;
  readonly occurredAt: string;
  /** Only where the list gives no date: the time of the import, which is no part of what a replay repeats. */
  readonly receivedAt?: string;
  readonly country: string;
  readonly subject: { readonly identifiers: readonly { readonly kind: IdentifierKind; readonly value: string }[] };
  readonly actor: { readonly kind: string };
  readonly profile?: Readonly<Record<string, unknown>>;
  readonly decisions?: readonly PlannedDecision["decision"][];
}

export interface RowPlan {
  /** In the order of sending: what only refuses comes first, and on its own. */
  readonly submissions: readonly ImportedSubmission[];
  /** Everything at once, as a dry run looks at it. */
  readonly whole: ImportedSubmission;
  /** What is wrong with the row: then only its refusals are sent. */
  readonly problems: readonly Problem[];
  /** What was left out: a grant without its proof, an identifier that is none. */
  readonly remarks: readonly Problem[];
}

/** Before any date that a list may hold: what nobody dated gives way to whatever is there. */
const NO_DATE = 0;

/** What a row says, as submissions; pure. A row's grants and its refusals may each be of another time. */
export function planRow(request: {
  fields: ImportFields;
  map: ImportMap;
  volenti: Pick<Volenti, "catalogue" | "normaliseIdentifier">;
  /** Epoch milliseconds: when a refusal counts from that has no date. */
  importedAt: number;
}): RowPlan {
  const { fields, map } = request;
  const country = readText({ source: map.country, fields });
  const { identifiers, remarks } = readIdentifiers(request);
  const profile = readProfile({ fields, map });
  const decided = planDecisions(request);
  const problems = [...profile.problems, ...decided.problems];
  if (country === "unknownWord") problems.push({ path: "country", code: country });
  else if (country.text === null) problems.push({ path: "country", code: "required" });
  if (identifiers.length === 0) problems.push({ path: "identifiers", code: "required" });
  const base = {
    collectionPoint: map.collectionPoint,
    country: country === "unknownWord" ? "" : (country.text ?? ""),
    subject: { identifiers },
  };
  const parts = { ...request, base, profile, decisions: decided.decisions };
  const isSendable = identifiers.length > 0 && base.country !== "";
  const submissions = isSendable ? [...planRefusals(parts), ...(problems.length > 0 ? [] : planOthers(parts))] : [];
  return { submissions, whole: planWhole(parts), problems, remarks: [...remarks, ...decided.remarks] };
}

type Base = Pick<ImportedSubmission, "collectionPoint" | "country" | "subject">;

interface RowParts {
  readonly base: Base;
  readonly profile: ReadProfile;
  readonly decisions: readonly PlannedDecision[];
  readonly importedAt: number;
}

interface ReadProfile {
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly asOf: number | null;
  readonly problems: readonly Problem[];
}

function planRefusals({ base, decisions, importedAt }: RowParts): ImportedSubmission[] {
  return group(decisions.filter(({ refuses }) => refuses)).map(({ at, actor, decisions: own }) => ({
    ...base,
    occurredAt: toText(at ?? importedAt),
    ...(at === null ? { receivedAt: toText(importedAt) } : {}),
    actor: { kind: actor },
    decisions: own,
  }));
}

function planOthers({ base, profile, decisions }: RowParts): ImportedSubmission[] {
  const groups = group(decisions.filter(({ refuses }) => !refuses));
  const submissions = groups.map(({ at, actor, decisions: own }): ImportedSubmission => ({
    ...base,
    occurredAt: toText(at ?? NO_DATE),
    actor: { kind: actor },
    decisions: own,
  }));
  if (Object.keys(profile.attributes).length === 0) return submissions;
  const asOf = toText(profile.asOf ?? Math.max(NO_DATE, ...decisions.flatMap(({ at }) => at ?? [])));
  const last = submissions.at(-1);
  // What permits an attribute is best seen by a route without a ledger in the very same submission.
  const isTogether = last !== undefined && (profile.asOf === null || last.occurredAt === asOf);
  if (isTogether) return [...submissions.slice(0, -1), { ...last, profile: profile.attributes }];
  return [...submissions, { ...base, occurredAt: asOf, actor: { kind: "subject" }, profile: profile.attributes }];
}

function planWhole({ base, profile, decisions, importedAt }: RowParts): ImportedSubmission {
  const hasProfile = Object.keys(profile.attributes).length > 0;
  return {
    ...base,
    occurredAt: toText(importedAt),
    actor: { kind: decisions[0]?.actor ?? "subject" },
    ...(hasProfile ? { profile: profile.attributes } : {}),
    ...(decisions.length > 0 ? { decisions: decisions.map(({ decision }) => decision) } : {}),
  };
}

interface DecisionGroup {
  readonly at: number | null;
  readonly actor: string;
  readonly decisions: readonly PlannedDecision["decision"][];
}

/** Those of one time and one actor together; without a date first, then in the order of time. */
function group(decisions: readonly PlannedDecision[]): DecisionGroup[] {
  const groups = Map.groupBy(decisions, ({ at, actor }) => `${at ?? ""}\u0000${actor}`);
  return [...groups.values()]
    .map((own) => ({ at: own[0]?.at ?? null, actor: own[0]?.actor ?? "subject", decisions: own.map(({ decision }) => decision) }))
    .toSorted((left, right) => (left.at ?? -1) - (right.at ?? -1));
}

function readIdentifiers(request: {
  fields: ImportFields;
  map: ImportMap;
  volenti: Pick<Volenti, "normaliseIdentifier">;
}): { identifiers: ImportedSubmission["subject"]["identifiers"]; remarks: readonly Problem[] } {
  const { fields, map, volenti } = request;
  const remarks: Problem[] = [];
  const identifiers = map.identifiers.flatMap(({ kind, column }, index) => {
    const value = readField({ column, fields });
    if (value === "") return [];
    if (volenti.normaliseIdentifier({ kind, value }) !== null) return [{ kind, value }];
    remarks.push({ path: `identifiers[${index}]`, code: "invalidIdentifier" });
    return [];
  });
  return { identifiers, remarks };
}

function readProfile(request: { fields: ImportFields; map: ImportMap }): ReadProfile {
  const { fields, map } = request;
  const problems: Problem[] = [];
  const attributes: Record<string, unknown> = {};
  for (const [name, source] of Object.entries(map.profile)) {
    const read = readText({ source, fields });
    if (read === "unknownWord") problems.push({ path: `profile.${name}`, code: read });
    else if (read.text !== null) place({ attributes, name, text: read.text });
  }
  const asOf = readDate({ source: map.profileAsOf, fields });
  if (asOf === "invalidDate") problems.push({ path: "profileAsOf", code: asOf });
  return { attributes, asOf: asOf === "invalidDate" ? null : asOf, problems };
}

/** `address.locality` into the address. */
function place(request: { attributes: Record<string, unknown>; name: string; text: string }): void {
  const { attributes, name, text } = request;
  const [first = "", second] = name.split(".");
  if (second === undefined) attributes[first] = text;
  else attributes[first] = { ...(attributes[first] as object | undefined), [second]: text };
}

function toText(epochInMs: number): string {
  return new Date(epochInMs).toISOString();
}
