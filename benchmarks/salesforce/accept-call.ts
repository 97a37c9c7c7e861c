const HOST = "http://127.0.0.1";
const RECORD_ID = "003000000000001AAA";
const WRITTEN = { id: RECORD_ID, success: true, errors: [], created: true } as const;

interface Subrequest {
  readonly method: string;
  readonly url: string;
  readonly referenceId: string;
  readonly body?: { readonly records: readonly unknown[] };
}

/**
 * What an org would answer that accepts every row and has none yet: to the token endpoint, to a composite of collections
 * and queries, and to a collection of its own; null for anything else. `url`: where that org answers.
 */
export function acceptCall(request: { url: string; method: string; path: string; body: string }): unknown {
  const { url, method, path, body } = request;
  const { pathname } = new URL(path, HOST);
  if (method === "POST" && pathname === "/services/oauth2/token") return session(url);
  if (method === "POST" && /^\/services\/data\/v\d+\.0\/composite$/.test(pathname)) {
    const { compositeRequest } = JSON.parse(body) as { compositeRequest: readonly Subrequest[] };
    return { compositeResponse: compositeRequest.map(acceptSubrequest) };
  }
  if (method !== "PATCH" || !isCollection(pathname)) return null;
  return (JSON.parse(body) as { records: readonly unknown[] }).records.map(() => WRITTEN);
}

function acceptSubrequest({ method, url, referenceId, body }: Subrequest): unknown {
  const answer = (httpStatusCode: number, content: unknown): unknown => ({ body: content, httpHeaders: {}, httpStatusCode, referenceId });
  const { pathname } = new URL(url, HOST);
  if (method === "GET" && pathname.endsWith("/query")) return answer(200, { totalSize: 0, done: true, records: [] });
  if (method === "PATCH" && isCollection(pathname)) return answer(200, (body?.records ?? []).map(() => WRITTEN));
  return answer(404, [{ errorCode: "NOT_FOUND", message: "this org only accepts rows" }]);
}

function isCollection(pathname: string): boolean {
  return /^\/services\/data\/v\d+\.0\/composite\/sobjects\/\w+\/\w+$/.test(pathname);
}

function session(url: string): unknown {
  return { access_token: "accepted", instance_url: url, id: `${url}/id/00D000000000001AAA/005000000000001AAA`, token_type: "Bearer", issued_at: "0", signature: "" };
}
