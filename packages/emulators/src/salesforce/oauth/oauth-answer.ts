/** OAuth errors are objects, where those of the data API are lists. */
export function oauthError(request: { error: string; description: string; status?: number }): Response {
  const { error, description, status = 400 } = request;
  return oauthJson({ status, body: { error, error_description: description } });
}

export function oauthJson(request: { status: number; body: unknown }): Response {
  return new Response(JSON.stringify(request.body), {
    status: request.status,
    headers: { "Content-Type": "application/json;charset=UTF-8", "Cache-Control": "no-store" },
  });
}
