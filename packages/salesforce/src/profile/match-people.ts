import type { Identifier, IdentifierKind } from "@volenti/core/adapter";
import type { CallTerms } from "../intake/send-composite.ts";
import { fieldName, soql, type Soql } from "../query/soql.ts";
import { REF_FIELD } from "../schema/names.ts";
import type { Settings } from "../settings.ts";
import type { SalesforceRow } from "../transport/salesforce-session.ts";
import { chunkValues } from "./chunk-values.ts";
import { queryTogether } from "./query-together.ts";
import { isSameIdentifier } from "./same-identifier.ts";

/** Somebody of whom the org holds an Individual, a profile record or both, under our ref. */
export interface HeldPerson {
  readonly ref: string;
  /** The Individual that bears the ref: consents hang on it. Null where the profile record alone does, whatever it points to. */
  readonly individualId: string | null;
  /** Null where nothing of a profile may be stored. */
  readonly profileId: string | null;
}

type Subjects = readonly { readonly ref: string; readonly identifiers: readonly Identifier[] }[];

const VALUES_PER_QUERY = 400;

/**
 * For each subject, everyone held whom its ref or one of its identifiers names: the ref's own person first, then in the
 * order of the identifiers. Nobody of whom an erasure left proofs alone, and no customer who is not linked to us. Kinds
 * without a match key name nobody. Few calls for many subjects: five queries a call, hundreds of values a query.
 */
export async function findHeldPeople(request: CallTerms & { subjects: Subjects }): Promise<readonly (readonly HeldPerson[])[]> {
  const { subjects, ...terms } = request;
  const { settings } = terms.session;
  const queries = [...individualQueries(subjects), ...profileQueries({ subjects, settings })];
  const answers = await queryTogether({ ...terms, queries, absent: "isError" });
  const individualCount = individualQueries(subjects).length;
  const individuals = distinctRows(answers.slice(0, individualCount).flat());
  const profiles = distinctRows(answers.slice(individualCount).flat());
  const idsByRef = new Map(individuals.map((row) => [textOf(row[REF_FIELD]), textOf(row["Id"])] as const));
  const profilesByRef = new Map(profiles.map((row) => [textOf(row[REF_FIELD]), row] as const));
  const named = indexByIdentifier({ profiles, settings });
  return subjects.map(({ ref, identifiers }) => {
    const refs = new Set([ref, ...identifiers.flatMap((identifier) => named(identifier))]);
    return [...refs]
      .filter((held) => idsByRef.has(held) || profilesByRef.has(held))
      .map((held) => toHeldPerson({ ref: held, profile: profilesByRef.get(held), individualId: idsByRef.get(held) }));
  });
}

function individualQueries(subjects: Subjects): readonly Soql[] {
  const name = fieldName(REF_FIELD);
  return chunkValues({ values: refsOf(subjects), longestCount: VALUES_PER_QUERY }).map((refs) => soql`SELECT Id, ${name} FROM Individual WHERE ${name} IN ${refs}`);
}

function profileQueries(request: { subjects: Subjects; settings: Settings }): readonly Soql[] {
  const { subjects, settings } = request;
  const { objectName } = settings.profile;
  const columns = [...new Set(["Id", REF_FIELD, ...settings.matchKeys.map(({ field }) => field)])].map(fieldName);
  const lists = [
    { field: REF_FIELD, values: refsOf(subjects) },
    ...settings.matchKeys.map(({ kind, field }) => ({ field, values: subjects.flatMap(({ identifiers }) => valuesOf({ identifiers, kind })) })),
  ];
  return lists.flatMap(({ field, values }) =>
    chunkValues({ values, longestCount: VALUES_PER_QUERY }).map(
      (chunk) => soql`SELECT ${columns} FROM ${fieldName(objectName)} WHERE ${fieldName(field)} IN ${chunk} AND ${fieldName(REF_FIELD)} != null`,
    ),
  );
}

/** An empty text would ask Salesforce for every record without a value. */
function refsOf(subjects: Subjects): readonly string[] {
  return subjects.flatMap(({ ref }) => (ref === "" ? [] : [ref]));
}

function valuesOf(request: { identifiers: readonly Identifier[]; kind: IdentifierKind }): readonly string[] {
  return request.identifiers.flatMap(({ kind, value }) => (kind === request.kind && value !== "" ? [value] : []));
}

/** Each record once, the older first: that several answers name it says nothing. */
function distinctRows(rows: readonly SalesforceRow[]): readonly SalesforceRow[] {
  const byId = new Map(rows.map((row) => [textOf(row["Id"]), row] as const));
  return [...byId].toSorted(([left], [right]) => (left < right ? -1 : 1)).map(([, row]) => row);
}

/** The refs whose profiles hold an identifier, from one walk over the profiles. */
function indexByIdentifier(request: { profiles: readonly SalesforceRow[]; settings: Settings }): (identifier: Identifier) => readonly string[] {
  const { profiles, settings } = request;
  const index = new Map<string, { ref: string; stored: string }[]>();
  const keyOf = (kind: IdentifierKind, value: string): string => `${kind} ${value.toLowerCase()}`;
  for (const { kind, field } of settings.matchKeys) {
    for (const row of profiles) {
      const stored = textOf(row[field]);
      const key = keyOf(kind, stored);
      index.set(key, [...(index.get(key) ?? []), { ref: textOf(row[REF_FIELD]), stored }]);
    }
  }
  return ({ kind, value }) => {
    if (value === "") return [];
    return (index.get(keyOf(kind, value)) ?? []).flatMap(({ ref, stored }) => (isSameIdentifier({ kind, stored, value }) ? [ref] : []));
  };
}

function toHeldPerson(request: {
  ref: string;
  profile: SalesforceRow | undefined;
  individualId: string | undefined;
}): HeldPerson {
  const { ref, profile, individualId } = request;
  return {
    ref,
    individualId: individualId ?? null,
    profileId: profile === undefined ? null : textOf(profile["Id"]),
  };
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
