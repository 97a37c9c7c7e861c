import { CONSENT_STATUSES, ConnectorError, endsPermission, type JsonValue } from "@volenti/core/adapter";
import { CONSENT_OBJECT, DECISION_FIELDS, DECISION_OBJECT, KEY_FIELD, REF_FIELD, STATE_FIELDS } from "../schema/names.ts";
import type { OrgRow } from "../mapping/org-row.ts";
import type { Settings } from "../settings.ts";
import { packRequests, type Collection, type PersonRows, type RowKind } from "./pack-requests.ts";
import { readRowResults, type RowResult } from "./row-result.ts";
import { encodeComposite, sendEncoded, type CallTerms, type EncodedComposite, type Subrequest } from "./send-composite.ts";

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
  const records = JSON.stringify(rows.map((row) => ("attributes" in row ? row : { attributes: { type: objectName }, ...row })));
  return { method: "PATCH", path: ["composite", "sobjects", objectName, keyField], referenceId, records };
}

type JsonObject = { readonly [name: string]: JsonValue };

/**
 * Writes the rows of people, one call after the other: children of a same purpose lock it, and calls at once would wait
 * for each other. While the org works on one call the next one is written. The first call that fails as a whole ends the
 * writing; those behind it were not sent.
 */
export async function writeRows(request: CallTerms & { people: readonly PersonRows[] }): Promise<readonly WrittenRows[]> {
  const { people, signal } = request;
  const results = people.map(noResults);
  const failures = new Map<number, ConnectorError>();
  const calls = packRequests(people);
  let ended: ConnectorError | null = null;
  let prepared = prepareCall({ terms: request, people, collections: calls[0] });
  for (const [index, collections] of calls.entries()) {
    const current = prepared;
    if (ended !== null || current === null) {
      const error = ended === null ? null : notSent({ terms: request, after: ended });
      if (error !== null) failAll({ failures, collections, error });
      continue;
    }
    try {
      const sending = startQuietly(sendEncoded({ ...request, isUrgent: request.isUrgent && current.carriesRefusals, composite: current.composite, changes: true }));
      if (index + 1 < calls.length) await untilHandedOver();
      prepared = prepareCall({ terms: request, people, collections: calls[index + 1] });
      const answers = await sending;
      collections.forEach((collection, position) => place({ collection, answer: answers[position], results }));
    } catch (error) {
      signal?.throwIfAborted();
      if (!ConnectorError.isInstance(error)) throw error;
      ended = error;
      failAll({ failures, collections, error });
    }
  }
  return people.map((_, index) => {
    const error = failures.get(index);
    return error === undefined ? { results: results[index] ?? noResults() } : { error };
  });
}

interface PreparedCall {
  readonly composite: EncodedComposite;
  readonly carriesRefusals: boolean;
}

function prepareCall(request: { terms: CallTerms; people: readonly PersonRows[]; collections: readonly Collection[] | undefined }): PreparedCall | null {
  const { terms, people, collections } = request;
  if (collections === undefined) return null;
  const { session } = terms;
  // One collection after the other: rows of a whole call that wait for each other are what the garbage collector copies.
  const parts = collections.map(({ kind, spans }, index) => {
    const rows = makeRows({ people, collection: { kind, spans } });
    return { subrequest: toUpsert({ kind, rows, settings: session.settings, referenceId: `rows${index}` }), carriesRefusals: carriesRefusals({ kind, rows }) };
  });
  const subrequests = parts.map(({ subrequest }) => subrequest);
  return { composite: encodeComposite({ session, subrequests }), carriesRefusals: parts.some((part) => part.carriesRefusals) };
}

function makeRows(request: { people: readonly PersonRows[]; collection: Collection }): OrgRow[] {
  const { people, collection } = request;
  const rows: OrgRow[] = [];
  for (const { person, from, to } of collection.spans) {
    const source = people[person]?.[collection.kind];
    if (source === undefined) continue;
    for (let index = from; index < to; index += 1) rows.push(source.make(index));
  }
  return rows;
}

/** The answer is awaited a little later: until then a failure is nobody's. */
function startQuietly<Result>(promise: Promise<Result>): Promise<Result> {
  promise.catch(() => undefined);
  return promise;
}

/** Lets the call reach the socket: whoever writes JSON first keeps it waiting here, and the org idle. */
async function untilHandedOver(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** The reserve of the day's calls is for refusals: a call of grants alone, behind them, does not use it. */
function carriesRefusals({ kind, rows }: { readonly kind: RowKind; readonly rows: readonly OrgRow[] }): boolean {
  return kind === "flags" || (kind === "states" && rows.some((row) => ENDING.has(row[STATE_FIELDS.status])));
}

const ENDING: ReadonlySet<JsonValue | undefined> = new Set(CONSENT_STATUSES.filter(endsPermission));

type PersonResults = Record<RowKind, readonly RowResult[]>;

const NONE: readonly RowResult[] = [];

function noResults(): PersonResults {
  return { individual: NONE, profile: NONE, states: NONE, decisions: NONE, flags: NONE };
}

function failAll(request: { failures: Map<number, ConnectorError>; collections: readonly Collection[]; error: ConnectorError }): void {
  const { failures, collections, error } = request;
  for (const { spans } of collections) for (const { person } of spans) failures.set(person, error);
}

/** Gives everybody the results of their rows. A person whose rows take several collections has them one after the other. */
function place(request: { collection: Collection; answer: { status: number; body: unknown } | undefined; results: readonly PersonResults[] }): void {
  const { collection, answer, results } = request;
  const { kind, spans } = collection;
  const count = spans.reduce((sum, { from, to }) => sum + to - from, 0);
  const answered = readRowResults({ status: answer?.status ?? 0, body: answer?.body, count });
  let position = 0;
  for (const { person, from, to } of spans) {
    const own = answered.slice(position, position + to - from);
    position += to - from;
    const ofPerson = results[person];
    if (ofPerson !== undefined) ofPerson[kind] = from === 0 ? own : [...ofPerson[kind], ...own];
  }
}

/** Nothing of it was sent: worth another call where the failure before it is, or where nobody knows what became of that one. */
function notSent(request: { terms: CallTerms; after: ConnectorError }): ConnectorError {
  const { after } = request;
  if (after.code !== "outcomeUnknown") return after;
  return new ConnectorError({ code: "unavailable", connectorId: after.connectorId, operation: request.terms.operation, providerCode: after.providerCode });
}
