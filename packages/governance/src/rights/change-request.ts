import type { RightsRequest, RightsTransition } from "./rights-request.ts";

/** The next revision of a request, with a line in its history where the state, the reason or a note says something new. */
export function changeRequest(request: {
  rightsRequest: RightsRequest;
  changes: Partial<Omit<RightsRequest, "requestId" | "schema" | "revision" | "history">>;
  actor: string;
  /** Epoch milliseconds. */
  now: number;
  note?: string | undefined;
}): RightsRequest {
  const { rightsRequest, changes, actor, now, note = null } = request;
  const next = { ...rightsRequest, ...changes, revision: rightsRequest.revision + 1 };
  const isNews = next.state !== rightsRequest.state || next.reason !== rightsRequest.reason || note !== null;
  const line: RightsTransition = { at: new Date(now).toISOString(), actor, state: next.state, reason: next.reason, note };
  return isNews ? { ...next, history: [...rightsRequest.history, line] } : next;
}
