import { ConnectorError, type Identifier, type SubjectWriteV1 } from "@volenti/core/adapter";
import { fieldName, joinSoql, soql, type Soql } from "../query/soql.ts";
import { REF_FIELD } from "../schema/names.ts";
import type { Settings } from "../settings.ts";
import { CONNECTOR_ID, type SalesforceRow, type SalesforceSession } from "../transport/salesforce-session.ts";
import { flagFields, knownPersonFields, readKnownPerson, type KnownPerson } from "./known-person.ts";
import { queryInChunks } from "./query-in-chunks.ts";
import type { CallTerms } from "./send-composite.ts";

type Subject = Pick<SubjectWriteV1["subject"], "ref" | "identifiers">;

/** Sessions whose user does not see the opt-out flags: asked for once, and then no more. */
const WITHOUT_FLAGS = new WeakSet<SalesforceSession>();

/** Everybody in the org whom these subjects' refs or match keys name; one call for a thousand subjects. */
export async function lookUpPeople(request: CallTerms & { subjects: readonly Subject[] }): Promise<readonly KnownPerson[]> {
  const { session, subjects } = request;
  const { settings } = session;
  const rows = await askWithFlags({
    session,
    ask: (flags) => queryInChunks({ ...request, values: subjects, toSoql: (values) => peopleQuery({ settings, subjects: values, flags }) }),
  });
  const unique = new Map(rows.map((row) => [row["Id"], row]));
  return [...unique.values()].map((row) => readKnownPerson({ row, settings }));
}

/** The query for a few people: the refs, and the values of each match key. */
export function peopleQuery(request: { settings: Settings; subjects: readonly Subject[]; flags: readonly string[] }): Soql {
  const { settings, subjects, flags } = request;
  const keys: readonly { field: string; values: readonly string[] }[] = [
    { field: REF_FIELD, values: subjects.map(({ ref }) => ref) },
    ...settings.matchKeys.map(({ kind, field }) => ({
      field,
      values: subjects.flatMap(({ identifiers }) => identifiers.filter((identifier) => identifier.kind === kind).map(({ value }) => value)),
    })),
  ];
  const conditions = keys.filter(({ values }) => values.length > 0).map(({ field, values }) => soql`${fieldName(field)} IN ${[...new Set(values)]}`);
  const fields = [...knownPersonFields(settings), ...flags];
  return soql`SELECT ${fields.map(fieldName)} FROM ${fieldName(settings.profile.objectName)} WHERE ${joinSoql({ parts: conditions, separator: " OR " })}`;
}

/**
 * Asks with the opt-out flags, and without them where the org hides them from our user. A hidden flag costs nothing
 * here: writing a refusal that needs it fails, and says so.
 */
export async function askWithFlags(request: {
  session: SalesforceSession;
  ask: (flags: readonly string[]) => Promise<readonly SalesforceRow[]>;
}): Promise<readonly SalesforceRow[]> {
  const { session, ask } = request;
  const flags = visibleFlags(session);
  try {
    return await ask(flags);
  } catch (error) {
    if (flags.length === 0 || !ConnectorError.isInstance(error) || error.providerCode !== "INVALID_FIELD") throw error;
    const rows = await ask([]);
    WITHOUT_FLAGS.add(session);
    return rows;
  }
}

export function visibleFlags(session: SalesforceSession): readonly string[] {
  return WITHOUT_FLAGS.has(session) ? [] : flagFields(session.settings);
}

/** Whom a look-up found for one subject. */
export type Match = { readonly kind: "linked" | "toLink"; readonly person: KnownPerson } | { readonly kind: "absent" } | { readonly kind: "ambiguous" };

/**
 * Tells the record of a subject: the one that bears the ref; else the one record without a ref that the first match key
 * with any hit names. Several are a conflict: never pick one. A record that bears another ref is another person. Letter
 * case counts as in `isSameIdentifier`; a ref is a unique key of the org, for which it does not.
 */
export function createMatcher(request: { people: readonly KnownPerson[]; settings: Settings }): (subject: Subject) => Match {
  const { people, settings } = request;
  const byRef = new Map(people.map((person) => [person.ref?.toLowerCase(), person] as const));
  const unlinked = people.filter(({ ref }) => ref === null);
  const keys = settings.matchKeys.map(({ kind, field }) => ({ kind, byValue: Map.groupBy(unlinked, ({ matchValues }) => comparable({ kind, value: matchValues.get(field) ?? "" })) }));
  return ({ ref, identifiers }) => {
    const linked = byRef.get(ref.toLowerCase());
    if (linked !== undefined) return { kind: "linked", person: linked };
    for (const { kind, byValue } of keys) {
      const values = new Set(identifiers.filter((identifier) => identifier.kind === kind && identifier.value !== "").map(comparable));
      const hits = new Set([...values].flatMap((value) => byValue.get(value) ?? []));
      const [only] = hits;
      if (only !== undefined) return hits.size === 1 ? { kind: "toLink", person: only } : { kind: "ambiguous" };
    }
    return { kind: "absent" };
  };
}

function comparable({ kind, value }: Identifier): string {
  return kind === "email" ? value.toLowerCase() : value;
}

export function ambiguousMatch(operation: string): ConnectorError {
  return new ConnectorError({ code: "conflict", connectorId: CONNECTOR_ID, operation, providerCode: "severalMatches" });
}
