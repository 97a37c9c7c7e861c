import { ConnectorError, type JsonValue } from "@volenti/core/adapter";
import { encodeQuery, encodeQueryValue } from "./encode-query.ts";
import { CONNECTOR_ID, type SalesforceSession } from "../transport/salesforce-session.ts";

export interface Subrequest {
  readonly method: "GET" | "PATCH" | "POST";
  /** Segments below the version. A reference to an earlier answer (`@{person.VolentiRef__c}`) is left as it is. */
  readonly path: readonly string[];
  readonly query?: Readonly<Record<string, string>> | undefined;
  /** A reference to an earlier answer that the query holds and Salesforce is to put in: it alone is left as it is. */
  readonly reference?: string | undefined;
  readonly body?: JsonValue | undefined;
  /** The rows of a collection as a JSON list, in the place of a body; each lands or fails alone. */
  readonly records?: string | undefined;
  /** Letters, digits and underscores. */
  readonly referenceId: string;
}

export interface SubrequestAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** How a call is made on behalf of a contract's member. */
export interface CallTerms {
  readonly session: SalesforceSession;
  readonly operation: string;
  readonly isUrgent: boolean;
  readonly signal?: AbortSignal | undefined;
}

const REFERENCE = /^@\{[A-Za-z0-9_.[\]]+\}$/;

/**
 * One call that carries up to 25 requests, five of them queries or collections, carried out in their order
 * (`collateSubrequests: false`). Answers in their order; a request without an answer is a malformed response.
 */
export async function sendComposite(
  request: CallTerms & { subrequests: readonly Subrequest[]; changes: boolean },
): Promise<readonly SubrequestAnswer[]> {
  return sendEncoded({ ...request, composite: encodeComposite(request) });
}

/** A composite call whose JSON is written already, so that the next one can be while this one is waited for. */
export interface EncodedComposite {
  readonly bytes: Buffer;
  readonly referenceIds: readonly string[];
}

export function encodeComposite(request: { session: SalesforceSession; subrequests: readonly Subrequest[] }): EncodedComposite {
  return { bytes: toBytes(request), referenceIds: request.subrequests.map(({ referenceId }) => referenceId) };
}

export async function sendEncoded(request: CallTerms & { composite: EncodedComposite; changes: boolean }): Promise<readonly SubrequestAnswer[]> {
  const { session, operation, isUrgent, signal, composite, changes } = request;
  const body = { bytes: composite.bytes, contentType: "application/json; charset=UTF-8" };
  const answer = await session.call({ operation, method: "POST", path: ["composite"], body, changes, isUrgent, ...(signal === undefined ? {} : { signal }) });
  const answers = readAnswers(answer.body);
  return composite.referenceIds.map((referenceId) => {
    const found = answers.get(referenceId);
    if (found !== undefined) return found;
    throw new ConnectorError({
      code: changes ? "outcomeUnknown" : "malformedResponse",
      connectorId: CONNECTOR_ID,
      operation,
      providerCode: "compositeIncomplete",
    });
  });
}

/**
 * The call's JSON, request by request: a collection's text is a large object, which the garbage collector does not copy as
 * it does the texts of its rows, and one letter beyond Latin-1 makes only its own collection twice as long.
 */
function toBytes(request: { session: SalesforceSession; subrequests: readonly Subrequest[] }): Buffer {
  const { session, subrequests } = request;
  const texts = ['{"allOrNone":false,"collateSubrequests":false,"compositeRequest":['];
  subrequests.forEach((subrequest, index) => {
    if (index > 0) texts.push(",");
    addSubrequest({ texts, session, subrequest });
  });
  texts.push("]}");
  let length = 0;
  for (const text of texts) length += Buffer.byteLength(text);
  const bytes = Buffer.allocUnsafeSlow(length);
  let offset = 0;
  for (const text of texts) offset += bytes.write(text, offset);
  return bytes;
}

function addSubrequest(request: { texts: string[]; session: SalesforceSession; subrequest: Subrequest }): void {
  const { texts, session, subrequest } = request;
  const { records } = subrequest;
  const head = JSON.stringify(toCompositeRequest({ session, subrequest }));
  if (records === undefined) {
    texts.push(head);
    return;
  }
  texts.push(head.slice(0, -1), ',"body":{"allOrNone":false,"records":', records, "}}");
}

function toCompositeRequest(request: { session: SalesforceSession; subrequest: Subrequest }): Record<string, JsonValue> {
  const { session, subrequest } = request;
  const { method, referenceId, body } = subrequest;
  const headers = method === "GET" ? {} : writeHeaders(session);
  return {
    method,
    url: toUrl({ apiVersion: session.apiVersion(), subrequest }),
    referenceId,
    ...(body === undefined ? {} : { body }),
    ...(Object.keys(headers).length === 0 ? {} : { httpHeaders: headers }),
  };
}

function toUrl(request: { apiVersion: string; subrequest: Subrequest }): string {
  const { apiVersion, subrequest } = request;
  const segments = subrequest.path.map((segment) => (REFERENCE.test(segment) ? segment : encodeURIComponent(segment)));
  const { reference } = subrequest;
  const encoded = encodeQuery(subrequest.query ?? {});
  const query = reference === undefined ? encoded : encoded.replaceAll(encodeQueryValue(reference), reference);
  return `/services/data/v${apiVersion}/${segments.join("/")}${query === "" ? "" : `?${query}`}`;
}

/** What the brand decided of duplicate and assignment rules; Salesforce takes them with each request inside a composite. */
export function writeHeaders(session: SalesforceSession): Record<string, string> {
  const { duplicateRules, autoAssign } = session.settings;
  return {
    ...(duplicateRules === "allowSave" ? { "Sforce-Duplicate-Rule-Header": "allowSave=true" } : {}),
    ...(autoAssign ? {} : { "Sforce-Auto-Assign": "FALSE" }),
  };
}

function readAnswers(body: unknown): Map<string, SubrequestAnswer> {
  const list = isRecord(body) ? body["compositeResponse"] : undefined;
  const entries: readonly unknown[] = Array.isArray(list) ? list : [];
  return new Map(
    entries.filter(isRecord).flatMap((entry): [string, SubrequestAnswer][] => {
      const { referenceId, httpStatusCode, body: answer } = entry;
      return typeof referenceId === "string" && typeof httpStatusCode === "number" ? [[referenceId, { status: httpStatusCode, body: answer }]] : [];
    }),
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
