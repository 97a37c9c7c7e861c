import type { Folder } from "../folder.ts";
import { htmlPage, unauthorizedPage } from "../html-page.ts";
import { soapResponse } from "../soap/answer-soap-call.ts";
import { exceptionFault, remoteMessage } from "../soap/business-fault.ts";
import { internalFault } from "../soap/soap-fault.ts";
import { writeFault } from "../soap/write-envelope.ts";
import type { CegidRetailFault } from "./cegid-retail-fault.ts";

/** The answer that stands for a fault; null for faults that let the call through, or break the connection. */
export function answerFault(request: { fault: CegidRetailFault; folder: Folder; operation: string }): Response | null {
  const { fault } = request;
  switch (fault.kind) {
    case "unauthorized":
      return unauthorizedPage();
    case "forbidden":
      return htmlPage({ status: 403, title: "403 - Forbidden: Access is denied." });
    case "serverError": {
      const { status = 500, body = "none" } = fault;
      return body === "none" ? new Response(null, { status }) : htmlPage({ status, title: "Runtime Error" });
    }
    case "soapFault":
      return soapResponse({ status: fault.isInside === true ? 200 : 500, text: faultText({ ...request, fault }) });
    case "loginPage":
      return htmlPage({ status: 200, title: "Log in", content: '<form method="post"><input name="user"/><input name="password" type="password"/></form>' });
    case "emptyBody":
      return soapResponse({ status: 200, text: "" });
    default:
      return null;
  }
}

function faultText(request: { fault: Extract<CegidRetailFault, { kind: "soapFault" }>; folder: Folder; operation: string }): string {
  const { fault: { code = "CBR00450", text = "The customer already exists", isPlain = false }, folder, operation } = request;
  if (isPlain) return writeFault(internalFault());
  const deepest = code === null ? null : remoteMessage({ code, text, method: "TCbrCustomerHelper.Check" });
  return writeFault(exceptionFault({ culture: folder.culture, deepest, operation }));
}
