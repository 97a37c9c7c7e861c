import { methodNotAllowed, notFound, refusal, type ApiAnswer } from "../rest/api-answer.ts";
import type { ApiCall, ApiContext } from "../rest/api-call.ts";
import { answerQuery } from "../rest/handle-query.ts";
import { parseQuery } from "../soql/parse-query.ts";
import { runToolingQuery } from "./run-tooling-query.ts";

/** GET tooling/query; nothing else of the Tooling API is there. */
export function handleTooling(request: { context: ApiContext; call: ApiCall }): ApiAnswer {
  const { context, call } = request;
  const [, resource, ...rest] = call.segments;
  if (resource !== "query" || rest.length > 0) return notFound();
  if (call.method !== "GET") return methodNotAllowed({ method: call.method, allowed: ["GET"] });
  const source = call.query.get("q");
  if (source === null) return refusal({ status: 400, errorCode: "MALFORMED_QUERY", message: "SOQL query is required" });
  const { org, access, toolingIds: ids } = context;
  const query = parseQuery(source);
  const answer = answerQuery({ context, call, answer: runToolingQuery({ org, access, ids, query }) });
  const body = answer.body as Readonly<Record<string, unknown>>;
  return { ...answer, body: { size: Array.isArray(body["records"]) ? body["records"].length : 0, ...body, queryLocator: null, entityTypeName: query.objectName } };
}
