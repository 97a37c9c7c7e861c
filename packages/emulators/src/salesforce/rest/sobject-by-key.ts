import type { ObjectView } from "../access/object-view.ts";
import type { FieldSchema } from "../schema/org-schema.ts";
import { findByKey } from "../write/find-by-key.ts";
import { parseValue } from "../write/parse-value.ts";
import { upsertRows } from "../write/upsert-rows.ts";
import { methodNotAllowed, notFound, refusal, rowRefusal, type ApiAnswer } from "./api-answer.ts";
import type { ApiCall, ApiContext } from "./api-call.ts";
import { isObject, malformedBody } from "./read-body.ts";
import { handleRow } from "./sobject-rows.ts";

const FIRST_VERSION_WITH_BODY = 46;

interface KeyCall {
  readonly context: ApiContext;
  readonly call: ApiCall;
  readonly view: ObjectView;
  readonly keyName: string;
  readonly keyText: string;
}

/** GET, PATCH (upsert) and DELETE sobjects/X/{external id field}/{value} */
export function handleRowByKey(request: KeyCall): ApiAnswer {
  const { context: { org }, call, view, keyName, keyText } = request;
  const key = view.field(keyName)?.field;
  if (key === undefined || !(key.isExternalId || key.isIdLookup)) return unknownKey(keyName);
  const value = parseValue({ field: key, value: keyText, acceptsTexts: true });
  const ids = findByKey({ org, object: view.object, key, value });
  if (ids.length > 1) return severalChoices({ call, view, ids });
  if (call.method === "PATCH") return upsertOne({ ...request, key });
  const [id] = ids;
  const row = id === undefined ? undefined : org.table(view.object.name).get(id);
  if (id === undefined || row === undefined) return notFound();
  return call.method === "GET" || call.method === "HEAD" || call.method === "DELETE"
    ? handleRow({ ...request, id, row })
    : methodNotAllowed({ method: call.method, allowed: ["HEAD", "GET", "PATCH", "DELETE"] });
}

export function unknownKey(keyName: string): ApiAnswer {
  return notFound(`Provided external ID field does not exist or is not accessible: ${keyName}`);
}

function severalChoices(request: { call: ApiCall; view: ObjectView; ids: readonly string[] }): ApiAnswer {
  const { call, view, ids } = request;
  return { status: 300, body: ids.map((id) => `/services/data/v${call.version}.0/sobjects/${view.object.name}/${id}`) };
}

function upsertOne(request: KeyCall & { key: FieldSchema }): ApiAnswer {
  const { context: { org, access }, call, view, key, keyText } = request;
  if (!isObject(call.body)) return malformedBody("The HTTP entity body is required, but this request has no entity body.");
  const isRepeated = Object.keys(call.body).some((name) => name.toLowerCase() === key.name.toLowerCase());
  if (isRepeated) {
    return refusal({ status: 400, errorCode: "INVALID_FIELD", message: `The ${key.name} field should not be specified in the sobject data.`, fields: [key.name] });
  }
  const value = parseValue({ field: key, value: keyText, acceptsTexts: true });
  const [result] = upsertRows({
    org,
    access,
    objectName: view.object.name,
    keyField: key.name,
    rows: [{ ...call.body, [key.name]: value }],
    isUpdateOnly: call.query.get("updateOnly") === "true",
  });
  if (result?.success !== true) return rowRefusal(result?.errors ?? []);
  if (result.created !== true && call.version < FIRST_VERSION_WITH_BODY) return { status: 204 };
  return { status: result.created === true ? 201 : 200, body: { id: result.id, success: true, errors: [], created: result.created } };
}
