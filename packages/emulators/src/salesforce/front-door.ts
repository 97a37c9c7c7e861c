import { ConnectionResetError } from "../serve/connection-reset-error.ts";
import { textOf, type ArrivedCall } from "./arrived-call.ts";
import { answerFault } from "./faults/answer-fault.ts";
import type { FaultBoard, Struck } from "./faults/fault-board.ts";
import { handleOAuth } from "./oauth/handle-oauth.ts";
import type { OAuthSetup } from "./oauth/oauth-setup.ts";
import { readCall } from "./read-call.ts";
import { createApiDoor } from "./rest/api-door.ts";
import type { CallCounter } from "./rest/call-counter.ts";
import { toResponse } from "./rest/to-response.ts";
import { listVersions } from "./rest/versions.ts";
import type { Org } from "./store/org.ts";

/** Where every call enters: faults first, then tokens, versions, and the APIs behind a session. */
export function createFrontDoor(setup: { org: Org; oauth: OAuthSetup; board: FaultBoard; counter: CallCounter }): (request: Request) => Promise<Response> {
  const { oauth, board } = setup;
  const answerApi = createApiDoor(setup);
  const answer = async (arrived: ArrivedCall): Promise<Response> => {
    const { url, method, headers } = arrived;
    if (url.pathname.startsWith("/services/oauth2/")) return handleOAuth({ setup: oauth, method, url, headers, body: textOf(arrived) });
    if (/^\/services\/data\/?$/.test(url.pathname)) return toResponse({ method, answer: listVersions() });
    if (isApiCall(url)) return answerApi(arrived);
    return new Response("Not Found", { status: 404, headers: { "Content-Type": "text/html" } });
  };
  return async (request) => {
    const url = new URL(request.url);
    const struck = board.take({ method: request.method, path: url.pathname + url.search, isApiCall: isApiCall(url) });
    const arrived = await readCall(request);
    return struck === null ? answer(arrived) : suffer({ struck, arrived, answer });
  };
}

function isApiCall(url: URL): boolean {
  return /^\/services\/(?:data\/v|Soap\/)/.test(url.pathname);
}

async function suffer(request: { struck: Struck; arrived: ArrivedCall; answer: (arrived: ArrivedCall) => Promise<Response> }): Promise<Response> {
  const { struck: { fault, released }, arrived, answer } = request;
  const standIn = answerFault(fault);
  if (standIn !== null) return standIn;
  switch (fault.kind) {
    case "resetBeforeApply":
      throw new ConnectionResetError();
    case "resetAfterApply":
      await answer(arrived);
      throw new ConnectionResetError();
    case "malformedJson": {
      const whole = await answer(arrived);
      const text = await whole.text();
      return new Response(text.slice(0, Math.max(1, Math.floor(text.length / 2))), { status: whole.status, headers: whole.headers });
    }
    case "stall": {
      const early = fault.isApplied === true ? await answer(arrived) : null;
      await releasedOrAborted({ released, signal: arrived.signal });
      return early ?? answer(arrived);
    }
    default:
      return answer(arrived);
  }
}

/** A caller that hangs up during a stall is gone: its call is not applied afterwards. */
async function releasedOrAborted(request: { released: Promise<void>; signal: AbortSignal }): Promise<void> {
  const { released, signal } = request;
  const { promise, reject } = Promise.withResolvers<never>();
  const hangUp = (): void => reject(new ConnectionResetError());
  if (signal.aborted) hangUp();
  signal.addEventListener("abort", hangUp, { once: true });
  try {
    await Promise.race([released, promise]);
  } finally {
    signal.removeEventListener("abort", hangUp);
  }
}
