import { parseQuery } from "../soql/parse-query.ts";
import { runQueryTree, type QueryAnswer } from "../soql/run-query.ts";
import { runToolingQuery } from "../tooling/run-tooling-query.ts";
import { methodNotAllowed, refusal, type ApiAnswer } from "./api-answer.ts";
import type { ApiCall, ApiContext } from "./api-call.ts";

const LARGEST_PAGE = 2000;
const SMALLEST_PAGE = 200;
const OF_BOTH_APIS: ReadonlySet<string> = new Set(["entitydefinition", "fielddefinition", "flowdefinitionview"]);

/** query, queryAll and their further pages */
export function handleQuery(request: { context: ApiContext; call: ApiCall }): ApiAnswer {
  const { context, call } = request;
  const [resource, locator] = call.segments;
  if (call.method !== "GET") return methodNotAllowed({ method: call.method, allowed: ["GET"] });
  if (locator !== undefined) return readOn({ context, call, locator });
  const source = call.query.get("q");
  if (source === null) return refusal({ status: 400, errorCode: "MALFORMED_QUERY", message: "SOQL query is required" });
  return answerQuery({ context, call, answer: run({ context, source, includesDeleted: resource === "queryAll" }) });
}

/** What describes the org is asked by queries of either API. */
function run(request: { context: ApiContext; source: string; includesDeleted: boolean }): QueryAnswer {
  const { context: { org, access, toolingIds: ids }, source, includesDeleted } = request;
  const query = parseQuery(source);
  return OF_BOTH_APIS.has(query.objectName.toLowerCase())
    ? runToolingQuery({ org, access, ids, query })
    : runQueryTree({ org, access, query, includesDeleted });
}

/** The first page of an answer, with the way to the next. */
export function answerQuery(request: { context: ApiContext; call: ApiCall; answer: QueryAnswer }): ApiAnswer {
  const { context, call, answer } = request;
  const size = pageSize(call.headers);
  const id = answer.totalSize > size ? context.cursors.open(answer) : "";
  return pageOf({ call, answer, id, from: 0, size });
}

function readOn(request: { context: ApiContext; call: ApiCall; locator: string }): ApiAnswer {
  const { context, call, locator } = request;
  const [id = "", from = ""] = locator.split("-");
  const answer = context.cursors.get(id);
  if (answer === undefined || !/^\d+$/.test(from)) {
    return refusal({ status: 400, errorCode: "INVALID_QUERY_LOCATOR", message: "invalid query locator" });
  }
  return pageOf({ call, answer, id, from: Number(from), size: pageSize(call.headers) });
}

function pageOf(request: { call: ApiCall; answer: QueryAnswer; id: string; from: number; size: number }): ApiAnswer {
  const { call, answer, id, from, size } = request;
  const records = answer.page({ from, count: size });
  const end = from + size;
  if (end >= answer.totalSize) return { status: 200, body: { totalSize: answer.totalSize, done: true, records } };
  const nextRecordsUrl = `/services/data/v${call.version}.0/query/${id}-${end}`;
  return { status: 200, body: { totalSize: answer.totalSize, done: false, nextRecordsUrl, records } };
}

function pageSize(headers: Headers): number {
  const size = Number(/batchSize=(\d+)/i.exec(headers.get("Sforce-Query-Options") ?? "")?.[1] ?? LARGEST_PAGE);
  return Math.min(LARGEST_PAGE, Math.max(SMALLEST_PAGE, size));
}
