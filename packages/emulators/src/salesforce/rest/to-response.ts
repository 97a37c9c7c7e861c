import type { ApiAnswer } from "./api-answer.ts";

export function toResponse(request: { method: string; answer: ApiAnswer }): Response {
  const { method, answer } = request;
  const hasBody = answer.body !== undefined && method !== "HEAD";
  return new Response(hasBody ? JSON.stringify(answer.body) : null, {
    status: answer.status,
    headers: { ...(hasBody ? { "Content-Type": "application/json;charset=UTF-8" } : {}), ...answer.headers },
  });
}
