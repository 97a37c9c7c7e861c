import { methodNotAllowed, refusal, type ApiAnswer } from "./api-answer.ts";
import type { ApiCall, ApiContext } from "./api-call.ts";
import { parseApiPath } from "./parse-api-path.ts";
import { isObject, malformedBody } from "./read-body.ts";

const MOST_SUBREQUESTS = 25;

/** POST composite/batch: independent calls, one after the other, each counted. */
export function handleBatch(request: {
  context: ApiContext;
  call: ApiCall;
  dispatch: (request: { context: ApiContext; call: ApiCall }) => ApiAnswer;
}): ApiAnswer {
  const { context, call, dispatch } = request;
  if (call.method !== "POST") return methodNotAllowed({ method: call.method, allowed: ["POST"] });
  const list = isObject(call.body) ? call.body["batchRequests"] : undefined;
  if (!isObject(call.body) || !Array.isArray(list) || list.length === 0) return malformedBody("batchRequests is required");
  if (list.length > MOST_SUBREQUESTS) {
    return refusal({ status: 400, errorCode: "LIMIT_EXCEEDED", message: `Cannot have more than ${MOST_SUBREQUESTS} subrequests in a batch` });
  }
  context.countMore(list.length - 1);
  const haltOnError = call.body["haltOnError"] === true;
  let hasErrors = false;
  const results = list.map((part: unknown) => {
    const answer = hasErrors && haltOnError ? halted() : dispatch({ context, call: toCall({ part, call }) });
    if (answer.status >= 400) hasErrors = true;
    return { statusCode: answer.status, result: answer.body ?? null };
  });
  return { status: 200, body: { hasErrors, results } };
}

function toCall(request: { part: unknown; call: ApiCall }): ApiCall {
  const part = isObject(request.part) ? request.part : {};
  const { method, url, richInput } = part;
  const path = typeof url === "string" ? parseApiPath(`/services/data/${url}`) : null;
  return {
    method: typeof method === "string" ? method : "",
    version: path?.version ?? request.call.version,
    segments: path?.segments ?? [""],
    query: path?.query ?? new URLSearchParams(),
    headers: new Headers(),
    body: richInput,
  };
}

function halted(): ApiAnswer {
  return refusal({ status: 412, errorCode: "BATCH_PROCESSING_HALTED", message: "Invalid dependency: the batch was halted after an earlier failure" });
}
