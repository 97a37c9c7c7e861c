import { CONSENT_STATUSES, ConnectorError, endsPermission, type JsonValue } from "@volenti/core/adapter";
import { CONSENT_OBJECT, DECISION_FIELDS, DECISION_OBJECT, KEY_FIELD, REF_FIELD, STATE_FIELDS } from "../schema/names.ts";
import type { Settings } from "../settings.ts";
import { packRequests, ROW_KINDS, type Collection, type PersonRows, type RowKind } from "./pack-requests.ts";
import { readRowResults, UNANSWERED, type RowResult } from "./row-result.ts";
import { sendComposite, type CallTerms, type Subrequest } from "./send-composite.ts";

/** What became of one person's rows: a result a row, or the error of the call that carried them. */
export type WrittenRows =
  | { readonly results: Readonly<Record<RowKind, readonly RowResult[]>> }
  | { readonly error: ConnectorError };

/** The object and the key that rows of a kind are upserted by. */
export function targetOf(request: { kind: RowKind; settings: Settings }): { objectName: string; keyField: string } {
  const { kind, settings } = request;
  if (kind === "individual") return { objectName: "Individual", keyField: REF_FIELD };
  if (kind === "states") return { objectName: CONSENT_OBJECT, keyField: KEY_FIELD };
  if (kind === "decisions") return { objectName: DECISION_OBJECT, keyField: DECISION_FIELDS.decisionId };
  return { objectName: settings.profile.objectName, keyField: REF_FIELD };
}

/** The request that upserts up to 200 rows of one kind. */
export function toUpsert(request: { kind: RowKind; rows: readonly JsonObject[]; settings: Settings; referenceId: string }): Subrequest {
  const { kind, rows, settings, referenceId } = request;
  const { objectName, keyField } = targetOf({ kind, settings });
  // Rows that say their type already, most of them, are not copied.
  const records = rows.map((row): JsonValue => ("attributes" in row ? row : { attributes: { type: objectName }, ...row }));
  return { method: "PATCH", path: ["composite", "sobjects", objectName, keyField], referenceId, body: { allOrNone: false, records } };
}

type JsonObject = { readonly [name: string]: JsonValue };

/**
 * Writes the rows of people, one call after the other: children of a same purpose lock it, and calls at once would wait
 * for each other. The first call that fails as a whole ends the writing; those behind it were not sent.
 */
export async function writeRows(request: CallTerms & { people: readonly PersonRows[] }): Promise<readonly WrittenRows[]> {
  const { people, signal } = request;
  const results = people.map((rows) => unanswered(rows));
  const failures = new Map<number, ConnectorError>();
  let ended: ConnectorError | null = null;
  for (const collections of packRequests(people)) {
    if (ended !== null) {
      for (const { person } of collections.flatMap(({ rows }) => rows)) failures.set(person, notSent({ terms: request, after: ended }));
      continue;
    }
    try {
      const subrequests = collections.map(({ kind, rows }, index) =>
        toUpsert({ kind, rows: rows.map(({ row }) => row), settings: request.session.settings, referenceId: `rows${index}` }),
      );
      const answers = await sendComposite({ ...request, isUrgent: request.isUrgent && carryRefusals(collections), subrequests, changes: true });
      collections.forEach((collection, index) => place({ collection, answer: answers[index], results }));
    } catch (error) {
      signal?.throwIfAborted();
      if (!ConnectorError.isInstance(error)) throw error;
      ended = error;
      for (const { person } of collections.flatMap(({ rows }) => rows)) failures.set(person, error);
    }
  }
  return people.map((_, index) => {
    const error = failures.get(index);
    return error === undefined ? { results: results[index] ?? unanswered(EMPTY) } : { error };
  });
}

/** The reserve of the day's calls is for refusals: a call of grants alone, behind them, does not use it. */
function carryRefusals(collections: readonly Collection[]): boolean {
  return collections.some(({ kind, rows }) => kind === "flags" || rows.some(({ row }) => CONSENT_STATUSES.some((status) => status === row[STATE_FIELDS.status] && endsPermission(status))));
}

const EMPTY: PersonRows = { individual: [], profile: [], states: [], decisions: [], flags: [] };

function place(request: {
  collection: Collection;
  answer: { status: number; body: unknown } | undefined;
  results: readonly Record<RowKind, RowResult[]>[];
}): void {
  const { collection, answer, results } = request;
  const answered = readRowResults({ status: answer?.status ?? 0, body: answer?.body, count: collection.rows.length });
  collection.rows.forEach(({ person, kind, index }, position) => {
    const ofKind = results[person]?.[kind];
    if (ofKind !== undefined) ofKind[index] = answered[position] ?? UNANSWERED;
  });
}

function unanswered(rows: PersonRows): Record<RowKind, RowResult[]> {
  const [individual, profile, states, decisions, flags] = ROW_KINDS.map((kind) => rows[kind].map(() => UNANSWERED));
  return { individual: individual ?? [], profile: profile ?? [], states: states ?? [], decisions: decisions ?? [], flags: flags ?? [] };
}

/** Nothing of it was sent: worth another call where the failure before it is, or where nobody knows what became of that one. */
function notSent(request: { terms: CallTerms; after: ConnectorError }): ConnectorError {
  const { after } = request;
  if (after.code !== "outcomeUnknown") return after;
  return new ConnectorError({ code: "unavailable", connectorId: after.connectorId, operation: request.terms.operation, providerCode: after.providerCode });
}
