import type { Fault } from "./fault.ts";

const JSON_TYPE = "application/json;charset=UTF-8";
const HTML_TYPE = "text/html; charset=UTF-8";

/** The answer that stands for a fault; null for faults that let the call through, or break the connection. */
export function answerFault(fault: Fault): Response | null {
  switch (fault.kind) {
    case "unavailable":
      return fault.body === "html"
        ? page({ status: 503, title: "Service Unavailable", headers: retryAfter(fault) })
        : errors({ status: 503, errorCode: "SERVER_UNAVAILABLE", message: "The server is temporarily unavailable", headers: retryAfter(fault) });
    case "rateLimited":
      return errors({ status: fault.status ?? 429, errorCode: "REQUEST_LIMIT_EXCEEDED", message: "ConcurrentRequests (Concurrent API Requests) Limit exceeded.", headers: retryAfter(fault) });
    case "edgeUnrouted":
      return page({ status: 420, title: "Error: 420", headers: {} });
    case "htmlPage":
      return page({ status: 200, title: "We are down for maintenance", headers: {} });
    case "redirect":
      return new Response(null, { status: 302, headers: { Location: fault.to } });
    case "sessionRefused":
      return errors({ status: 401, errorCode: "INVALID_SESSION_ID", message: "Session expired or invalid", headers: {} });
    default:
      return null;
  }
}

function retryAfter(fault: { retryAfterInSeconds?: number }): Record<string, string> {
  return fault.retryAfterInSeconds === undefined ? {} : { "Retry-After": String(fault.retryAfterInSeconds) };
}

function errors(request: { status: number; errorCode: string; message: string; headers: Record<string, string> }): Response {
  const { status, errorCode, message, headers } = request;
  return new Response(JSON.stringify([{ message, errorCode }]), { status, headers: { "Content-Type": JSON_TYPE, ...headers } });
}

function page(request: { status: number; title: string; headers: Record<string, string> }): Response {
  const { status, title, headers } = request;
  return new Response(`<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`, {
    status,
    headers: { "Content-Type": HTML_TYPE, ...headers },
  });
}
