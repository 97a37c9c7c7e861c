import type { ObjectView } from "../access/object-view.ts";
import { toLongId } from "../store/record-id.ts";
import { methodNotAllowed, notFound, type ApiAnswer } from "./api-answer.ts";
import type { ApiCall, ApiContext } from "./api-call.ts";
import { describeBriefly, describeObject } from "./describe-object.ts";
import { handleRowByKey } from "./sobject-by-key.ts";
import { createOne, handleRowById } from "./sobject-rows.ts";

/** sobjects and all below it */
export function handleSobjects(request: { context: ApiContext; call: ApiCall }): ApiAnswer {
  const { context, call } = request;
  const [, objectName, third, fourth, ...rest] = call.segments;
  if (objectName === undefined) return describeGlobal(request);
  const view = context.access.view(objectName);
  if (view === null || rest.length > 0) return notFound();
  if (third === undefined) return handleObject({ context, call, view });
  if (fourth !== undefined) return handleRowByKey({ context, call, view, keyName: third, keyText: fourth });
  if (third === "describe" && toLongId(third) === null) {
    return call.method === "GET"
      ? { status: 200, body: describeObject({ context, view, version: call.version }) }
      : methodNotAllowed({ method: call.method, allowed: ["GET"] });
  }
  return handleRowById({ context, call, view, id: third });
}

function handleObject(request: { context: ApiContext; call: ApiCall; view: ObjectView }): ApiAnswer {
  const { call, view } = request;
  if (call.method === "POST") return createOne(request);
  if (call.method !== "GET") return methodNotAllowed({ method: call.method, allowed: ["GET", "POST"] });
  return { status: 200, body: { objectDescribe: describeBriefly({ view, version: call.version }), recentItems: [] } };
}

function describeGlobal(request: { context: ApiContext; call: ApiCall }): ApiAnswer {
  const { context: { org, access }, call } = request;
  if (call.method !== "GET") return methodNotAllowed({ method: call.method, allowed: ["GET"] });
  const views = [...org.schema.objects.keys()].map((name) => access.view(name)).filter((view) => view !== null);
  return {
    status: 200,
    body: { encoding: "UTF-8", maxBatchSize: 200, sobjects: views.map((view) => describeBriefly({ view, version: call.version })) },
  };
}
