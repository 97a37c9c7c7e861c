import { createAccess } from "../access/access.ts";
import type { Org } from "../store/org.ts";
import { allowsDuplicates } from "./allows-duplicates.ts";
import { notFound, refusal, type ApiAnswer } from "./api-answer.ts";
import type { ToolingIds } from "../tooling/tooling-ids.ts";
import type { CallCounter } from "./call-counter.ts";
import type { CursorStore } from "./cursor-store.ts";
import { dispatchCall } from "./dispatch-call.ts";
import { parseApiPath } from "./parse-api-path.ts";

/** A call of the data API whose session was checked. */
export function handleData(request: {
  org: Org;
  userId: string;
  cursors: CursorStore;
  toolingIds: ToolingIds;
  counter: CallCounter;
  method: string;
  url: URL;
  headers: Headers;
  body: unknown;
}): ApiAnswer {
  const { org, userId, cursors, toolingIds, counter, method, url, headers, body } = request;
  const path = parseApiPath(url.href);
  if (path === null) return notFound();
  const access = createAccess({ org, userId, apiVersion: path.version, allowsDuplicates: allowsDuplicates(headers) });
  const context = { org, access, cursors, toolingIds, limits: { max: counter.limit, used: counter.total() }, countMore: (calls: number) => counter.countMore(calls) };
  return dispatchCall({ context, call: { method, ...path, headers, body } });
}

/** The JSON of a body; a refusal where it is none, or not said to be. */
export function readJson(request: { headers: Headers; text: string }): { value: unknown; refused: ApiAnswer | null } {
  const { headers, text } = request;
  if (text === "") return { value: undefined, refused: null };
  const type = headers.get("Content-Type") ?? "";
  if (!/^application\/json\b/i.test(type)) {
    return { value: undefined, refused: refusal({ status: 415, errorCode: "UNSUPPORTED_MEDIA_TYPE", message: `Content type '${type}' not supported.` }) };
  }
  try {
    return { value: JSON.parse(text), refused: null };
  } catch {
    return { value: undefined, refused: refusal({ status: 400, errorCode: "JSON_PARSER_ERROR", message: "Unexpected character at [line:1, column:1]" }) };
  }
}
