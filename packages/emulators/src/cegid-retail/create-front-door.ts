import { ConnectionResetError } from "../serve/connection-reset-error.ts";
import type { Access } from "./access/create-access.ts";
import { answerAnonymization, type AnonymizationSettings } from "./anonymization/answer-anonymization.ts";
import type { CallCounter } from "./call-counter.ts";
import type { DataValue } from "./contract/data-value.ts";
import { alterResult } from "./faults/alter-result.ts";
import { answerFault } from "./faults/answer-fault.ts";
import type { CegidRetailFault } from "./faults/cegid-retail-fault.ts";
import type { FaultBoard, Struck } from "./faults/fault-board.ts";
import { spoilAnswer } from "./faults/spoil-answer.ts";
import type { Folder } from "./folder.ts";
import { htmlPage, unauthorizedPage } from "./html-page.ts";
import { findRoute, nameCall, type Route } from "./route.ts";
import { answerSoapCall } from "./soap/answer-soap-call.ts";
import { renderWsdl } from "./wsdl/render-wsdl.ts";

export interface FrontDoorSetup {
  readonly folder: Folder;
  readonly access: Access;
  readonly anonymization: AnonymizationSettings;
  readonly board: FaultBoard;
  readonly counter: CallCounter;
  readonly wait: (milliseconds: number) => Promise<void>;
}

/** A call that arrived whole. */
interface ArrivedCall {
  readonly request: Request;
  readonly url: URL;
  readonly bytes: Uint8Array;
  readonly route: Route;
  readonly operation: string;
}

/** Where every call enters: counted first, then faults, credentials, and the services. */
export function createFrontDoor(setup: FrontDoorSetup): (request: Request) => Promise<Response> {
  const { folder, board, counter } = setup;
  return async (request) => {
    const url = new URL(request.url);
    const route = findRoute({ folder, method: request.method, url });
    const operation = nameCall({ route, headers: request.headers });
    counter.begin(operation);
    try {
      const arrived = { request, url, route, operation, bytes: new Uint8Array(await request.arrayBuffer()) };
      const struck = board.take(operation);
      if (struck === null) return answer({ setup, arrived, fault: null });
      return await suffer({ setup, arrived, struck });
    } finally {
      counter.end();
    }
  };
}

function answer(request: { setup: FrontDoorSetup; arrived: ArrivedCall; fault: CegidRetailFault | null }): Response {
  const { setup, arrived } = request;
  const entered = setup.access.enter(arrived.request.headers);
  if (entered === null) return unauthorizedPage();
  const response = answerRoute(request);
  if (entered.cookie !== null) response.headers.append("Set-Cookie", entered.cookie);
  return response;
}

function answerRoute(request: { setup: FrontDoorSetup; arrived: ArrivedCall; fault: CegidRetailFault | null }): Response {
  const { setup: { folder, anonymization: settings }, arrived: { request: { method, headers }, url, bytes, route }, fault } = request;
  switch (route.kind) {
    case "soap": {
      const alter = (result: DataValue): DataValue => (fault === null ? result : alterResult({ fault, folder, result }));
      return answerSoapCall({ folder, service: route.service, headers, bytes, alter });
    }
    case "wsdl":
      return new Response(renderWsdl({ address: url.origin + url.pathname }), { headers: { "Content-Type": "text/xml; charset=UTF-8" } });
    case "servicePage":
      return method === "GET" ? htmlPage({ status: 200, title: "Service" }) : new Response(null, { status: 405, headers: { Allow: "GET, POST" } });
    case "anonymization":
      return answerAnonymization({ folder, settings, method, customerId: route.customerId, body: new TextDecoder().decode(bytes) });
    case "nowhere":
      return htmlPage({ status: 404, title: "404 - File or directory not found." });
  }
}

async function suffer(request: { setup: FrontDoorSetup; arrived: ArrivedCall; struck: Struck }): Promise<Response> {
  const { setup, arrived, struck: { fault, released } } = request;
  const standIn = answerFault({ fault, folder: setup.folder, operation: arrived.operation });
  if (standIn !== null) return standIn;
  const apply = (): Response => answer({ setup, arrived, fault });
  switch (fault.kind) {
    case "resetBeforeApply":
      throw new ConnectionResetError();
    case "resetAfterApply":
      apply();
      throw new ConnectionResetError();
    case "slow":
      await setup.wait(fault.delayInMs);
      return apply();
    case "stall": {
      const early = fault.isApplied === true ? apply() : null;
      await releasedOrAborted({ released, signal: arrived.request.signal });
      return early ?? apply();
    }
    case "meanwhile": {
      fault.before?.();
      const response = apply();
      fault.after?.();
      return response;
    }
    default:
      return spoilAnswer({ fault, response: apply() });
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
