import { SoqlError } from "../soql/soql-error.ts";
import { DeserializationError } from "../write/deserialization-error.ts";
import { methodNotAllowed, notFound, refusal, type ApiAnswer } from "./api-answer.ts";
import type { ApiCall, ApiContext } from "./api-call.ts";
import { handleBatch } from "./handle-batch.ts";
import { handleCollections } from "./handle-collections.ts";
import { handleComposite } from "./handle-composite.ts";
import { handleLimits } from "./handle-limits.ts";
import { handleQuery } from "./handle-query.ts";
import { handleSobjects } from "./handle-sobjects.ts";
import { handleTooling } from "../tooling/handle-tooling.ts";
import { checkVersion } from "./versions.ts";

/** From which API version on a resource is there. */
const FIRST_VERSIONS: Readonly<Record<string, number>> = { "composite/": 38, "composite/batch": 34, "composite/sobjects": 42 };

/** Answers one call of the data API; errors of queries and bodies become refusals. */
export function dispatchCall(request: { context: ApiContext; call: ApiCall }): ApiAnswer {
  try {
    return checkVersion(request.call.version) ?? route(request);
  } catch (error) {
    if (error instanceof SoqlError) return refusal({ status: 400, errorCode: error.errorCode, message: error.message });
    if (error instanceof DeserializationError) return refusal({ status: 400, errorCode: "JSON_PARSER_ERROR", message: error.message });
    throw error;
  }
}

function route(request: { context: ApiContext; call: ApiCall }): ApiAnswer {
  const { call } = request;
  const [first, second] = call.segments;
  const since = FIRST_VERSIONS[first === "composite" ? `composite/${second ?? ""}` : (first ?? "")] ?? 0;
  if (call.version < since) return notFound();
  switch (first) {
    case undefined:
    case "":
      return listResources(call);
    case "sobjects":
      return handleSobjects(request);
    case "query":
    case "queryAll":
      return handleQuery(request);
    case "tooling":
      return handleTooling(request);
    case "limits":
      return handleLimits(request);
    case "composite":
      if (second === undefined) return handleComposite({ ...request, dispatch: dispatchCall });
      if (second === "sobjects") return handleCollections(request);
      if (second === "batch") return handleBatch({ ...request, dispatch: dispatchCall });
      return notFound(`composite/${second} is not emulated`);
    default:
      return notFound();
  }
}

function listResources(call: ApiCall): ApiAnswer {
  if (call.method !== "GET") return methodNotAllowed({ method: call.method, allowed: ["GET"] });
  const root = `/services/data/v${call.version}.0`;
  const names = ["sobjects", "query", "queryAll", "tooling", "limits", "composite", "jobs"];
  return { status: 200, body: Object.fromEntries(names.map((name) => [name, `${root}/${name}`])) };
}
