import { isObject } from "./read-body.ts";

/** What a composite or a batch holds, for the list of calls; undefined for any other call. */
export function listSubrequests(request: { path: string; body: () => unknown }): readonly { method: string; path: string }[] | undefined {
  if (!/\/composite(?:\/batch)?\/?$/.test(request.path)) return undefined;
  const body = request.body();
  if (!isObject(body)) return undefined;
  const parts = body["compositeRequest"] ?? body["batchRequests"];
  if (!Array.isArray(parts)) return undefined;
  return parts.filter(isObject).map(({ method, url }) => ({ method: String(method), path: String(url) }));
}
