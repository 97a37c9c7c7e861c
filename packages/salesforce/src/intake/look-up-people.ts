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
/** Fields of match keys that a session's user does not see. */
const HIDDEN_KEYS = new WeakMap<SalesforceSession, ReadonlySet<string>>();

type MatchKeys = Settings["matchKeys"];

/** What a look-up may ask for: all, until the org said that its user does not see it. */
interface VisibleFields {
  readonly flags: readonly string[];
  readonly matchKeys: MatchKeys;
}

/** Everybody in the org whom these subjects' refs or match keys name; one call for a thousand subjects. */
export async function lookUpPeople(request: CallTerms & { subjects: readonly Subject[] }): Promise<readonly KnownPerson[]> {
  const { session, subjects } = request;
  const { settings } = session;
  const rows = await askForVisible({
    session,
    ask: (visible) => queryInChunks({ ...request, values: subjects, toSoql: (values) => peopleQuery({ settings, subjects: values, visible }) }),
  });
  const unique = new Map(rows.map((row) => [row["Id"], row]));
  return [...unique.values()].map((row) => readKnownPerson({ row, settings }));
}

/** The query for a few people: the refs, and the values of each match key. */
export function peopleQuery(request: { settings: Settings; subjects: readonly Subject[]; visible: VisibleFields }): Soql {
  const { settings, subjects, visible } = request;
  const { flags, matchKeys } = visible;
  const keys: readonly { field: string; values: readonly string[] }[] = [
    { field: REF_FIELD, values: [...new Set(subjects.map(({ ref }) => ref))] },
    ...matchKeys.map(({ kind, field }) => ({ field, values: valuesOf({ subjects, kind }) })),
  ];
  const conditions = keys.filter(({ values }) => values.length > 0).map(({ field, values }) => soql`${fieldName(field)} IN ${values}`);
  const fields = [...knownPersonFields({ settings, matchKeys }), ...flags];
  return soql`SELECT ${fields.map(fieldName)} FROM ${fieldName(settings.profile.objectName)} WHERE ${joinSoql({ parts: conditions, separator: " OR " })}`;
}

function valuesOf({ subjects, kind }: { subjects: readonly Subject[]; kind: Identifier["kind"] }): string[] {
  const values = new Set<string>();
  for (const { identifiers } of subjects) {
    for (const identifier of identifiers) if (identifier.kind === kind) values.add(identifier.value);
  }
  return [...values];
}

/**
 * Asks for what the user sees: once more without what the org says it hides. Hidden flags cost nothing here: writing a
 * refusal that needs one fails, and says so. Of a hidden match key see {@link createMatcher}.
 */
async function askForVisible(request: {
  session: SalesforceSession;
  ask: (visible: VisibleFields) => Promise<readonly SalesforceRow[]>;
}): Promise<readonly SalesforceRow[]> {
  const { session, ask } = request;
  for (;;) {
    const visible = visibleFields(session);
    try {
      return await ask(visible);
    } catch (error) {
      if (!ConnectorError.isInstance(error) || error.providerCode !== "INVALID_FIELD" || !learnHidden({ session, visible, names: error.fieldNames ?? [] })) throw error;
    }
  }
}

export function visibleFields(session: SalesforceSession): VisibleFields {
  const hidden = HIDDEN_KEYS.get(session) ?? new Set();
  return {
    flags: WITHOUT_FLAGS.has(session) ? [] : flagFields(session.settings),
    matchKeys: session.settings.matchKeys.filter(({ field }) => !hidden.has(field)),
  };
}

/** Remembers what is hidden; false where the complaint is about something else. */
function learnHidden(request: { session: SalesforceSession; visible: VisibleFields; names: readonly string[] }): boolean {
  const { session, visible, names } = request;
  const key = visible.matchKeys.find(({ field }) => names.includes(field));
  if (key !== undefined) {
    HIDDEN_KEYS.set(session, new Set([...(HIDDEN_KEYS.get(session) ?? []), key.field]));
    return true;
  }
  if (visible.flags.length === 0) return false;
  WITHOUT_FLAGS.add(session);
  return true;
}

/** Whom a look-up found for one subject. */
export type Match = { readonly kind: "linked" | "toLink"; readonly person: KnownPerson } | { readonly kind: "absent" | "ambiguous" | "untold" };

/**
 * Tells the record of a subject: the one that bears the ref; else the one record without a ref that the first match key
 * with any hit names. Several are a conflict: never pick one. A record that bears another ref is another person. Letter
 * case counts as in `isSameIdentifier`; a ref is a unique key of the org, for which it does not. Nobody can tell of a
 * subject who may be there under a match key that the user does not see.
 */
export function createMatcher(request: { people: readonly KnownPerson[]; settings: Settings; visible: VisibleFields }): (subject: Subject) => Match {
  const { people, settings, visible } = request;
  const hiddenKinds = new Set(settings.matchKeys.filter((key) => !visible.matchKeys.includes(key)).map(({ kind }) => kind));
  const byRef = new Map(people.map((person) => [person.ref?.toLowerCase(), person] as const));
  const unlinked = people.filter(({ ref }) => ref === null);
  const keys =
    unlinked.length === 0
      ? []
      : settings.matchKeys.map(({ kind, field }) => ({ kind, byValue: Map.groupBy(unlinked, ({ matchValues }) => comparable({ kind, value: matchValues.get(field) ?? "" })) }));
  return ({ ref, identifiers }) => {
    const linked = byRef.get(ref.toLowerCase());
    if (linked !== undefined) return { kind: "linked", person: linked };
    for (const { kind, byValue } of keys) {
      const values = new Set(identifiers.filter((identifier) => identifier.kind === kind && identifier.value !== "").map(comparable));
      const hits = new Set([...values].flatMap((value) => byValue.get(value) ?? []));
      const [only] = hits;
      if (only !== undefined) return hits.size === 1 ? { kind: "toLink", person: only } : { kind: "ambiguous" };
    }
    return { kind: identifiers.some(({ kind }) => hiddenKinds.has(kind)) ? "untold" : "absent" };
  };
}

function comparable({ kind, value }: Identifier): string {
  return kind === "email" ? value.toLowerCase() : value;
}

/** Not told, so that no customer is doubled: the user has to be shown the field. */
export function untoldMatch(request: { session: SalesforceSession; operation: string }): ConnectorError {
  const { session, operation } = request;
  const fieldNames = [...(HIDDEN_KEYS.get(session) ?? [])];
  return new ConnectorError({ code: "invalidConfiguration", connectorId: CONNECTOR_ID, operation, providerCode: "matchKeyHidden", fieldNames });
}

export function ambiguousMatch(operation: string): ConnectorError {
  return new ConnectorError({ code: "conflict", connectorId: CONNECTOR_ID, operation, providerCode: "severalMatches" });
}
