import { methodNotAllowed, refusal, type ApiAnswer } from "./api-answer.ts";
import type { ApiCall, ApiContext } from "./api-call.ts";
import { orderSubrequests } from "./order-subrequests.ts";
import { allowsDuplicates } from "./allows-duplicates.ts";
import { parseApiPath, type ApiPath } from "./parse-api-path.ts";
import { isObject, malformedBody } from "./read-body.ts";
import { resolveReferences, UnresolvedReferenceError } from "./resolve-references.ts";
import { readSubrequests, type Subrequest } from "./subrequest.ts";

const FIRST_VERSION_COLLATED = 49;
/** The resources that a composite may hold. */
const ALLOWED = /^(?:sobjects|query|queryall|composite\/sobjects)(?:\/|$)/i;

type Dispatch = (request: { context: ApiContext; call: ApiCall }) => ApiAnswer;

interface CompositeCall {
  readonly context: ApiContext;
  readonly call: ApiCall;
  readonly dispatch: Dispatch;
}

/** POST composite */
export function handleComposite(request: CompositeCall): ApiAnswer {
  const { context, call } = request;
  if (call.method !== "POST") return methodNotAllowed({ method: call.method, allowed: ["POST"] });
  if (!isObject(call.body)) return malformedBody("The HTTP entity body is required, but this request has no entity body.");
  const { allOrNone = false, collateSubrequests = call.version >= FIRST_VERSION_COLLATED } = call.body;
  if (typeof allOrNone !== "boolean" || typeof collateSubrequests !== "boolean") return malformedBody("allOrNone and collateSubrequests must be booleans");
  const { subrequests, refused } = readSubrequests(call.body);
  if (refused !== null) return refused;
  let answers = new Map<string, ApiAnswer>();
  const isKept = context.org.transaction.attempt(() => {
    answers = runAll({ ...request, ordered: orderSubrequests({ subrequests, isCollated: collateSubrequests }), allOrNone });
    return !allOrNone || [...answers.values()].every((answer) => !hasFailed(answer));
  });
  const compositeResponse = subrequests.map(({ referenceId }) => {
    const answer = answers.get(referenceId);
    const shown = answer === undefined || (!isKept && !hasFailed(answer)) ? rolledBack() : answer;
    return { body: shown.body ?? null, httpHeaders: shown.headers ?? {}, httpStatusCode: shown.status, referenceId };
  });
  return { status: 200, body: { compositeResponse } };
}

function runAll(request: CompositeCall & { ordered: readonly Subrequest[]; allOrNone: boolean }): Map<string, ApiAnswer> {
  const answers = new Map<string, ApiAnswer>();
  const bodies = new Map<string, unknown>();
  for (const subrequest of request.ordered) {
    const answer = runOne({ ...request, subrequest, bodies });
    answers.set(subrequest.referenceId, answer);
    if (answer.status < 400) bodies.set(subrequest.referenceId, answer.body);
    if (request.allOrNone && hasFailed(answer)) break;
  }
  return answers;
}

function runOne(request: CompositeCall & { allOrNone: boolean; subrequest: Subrequest; bodies: ReadonlyMap<string, unknown> }): ApiAnswer {
  const { context, subrequest, bodies, dispatch } = request;
  try {
    const url = String(resolveReferences({ value: subrequest.url, answers: bodies }));
    const body = resolveReferences({ value: subrequest.body, answers: bodies });
    const path = parseApiPath(url);
    if (path === null || !ALLOWED.test(path.segments.join("/"))) {
      return refusal({ status: 400, errorCode: "INVALID_INPUT", message: "This resource is not supported in a composite" });
    }
    const headers = new Headers(subrequest.headers ?? {});
    const access = { ...context.access, allowsDuplicates: allowsDuplicates(headers) };
    const call: ApiCall = { method: subrequest.method, ...path, headers, body: request.allOrNone ? withAllOrNone({ path, body }) : body };
    return dispatch({ context: { ...context, access }, call });
  } catch (error) {
    if (!(error instanceof UnresolvedReferenceError)) throw error;
    return refusal({ status: 400, errorCode: "PROCESSING_HALTED", message: error.message });
  }
}

/** What the composite says of all or none overrides what its collections say. */
function withAllOrNone(request: { path: ApiPath; body: unknown }): unknown {
  const { path, body } = request;
  return path.segments[0] === "composite" && isObject(body) ? { ...body, allOrNone: true } : body;
}

/** A collection with a refused row has failed, though its status says 200. */
function hasFailed(answer: ApiAnswer): boolean {
  if (answer.status >= 300) return true;
  return Array.isArray(answer.body) && answer.body.some((row: unknown) => isObject(row) && row["success"] === false);
}

function rolledBack(): ApiAnswer {
  return refusal({
    status: 400,
    errorCode: "PROCESSING_HALTED",
    message: "The transaction was rolled back since another operation in the same transaction failed.",
  });
}
