import { randomUUID } from "node:crypto";
import { ARRAYS_NAMESPACE, FAULT_NAMESPACE, INSTANCE_NAMESPACE } from "../contract/namespaces.ts";
import type { Culture, Folder } from "../folder.ts";
import type { BusinessRefusedError } from "../rules/business-refused-error.ts";
import { RULE_TEXTS, ruleText } from "../rules/rule-texts.ts";
import { escapeXml } from "../xml/escape-xml.ts";
import type { SoapFault } from "./soap-fault.ts";

/** The one code that the captured fault gives at every level: it says nothing. */
const GENERIC_CODE = "CBR_001_0003";

/** The fault of a rule, worded in the user's language. */
export function toBusinessFault(request: { refused: BusinessRefusedError; operation: string; folder: Folder }): SoapFault {
  const { refused, operation, folder: { culture, behaviour } } = request;
  const { rule, members, sent } = refused;
  const { code } = RULE_TEXTS[rule];
  const text = ruleText({ rule, culture, members, sent });
  if (behaviour.faultShape === "business") return businessFault({ code, text, culture, members });
  return exceptionFault({ culture, deepest: remoteMessage({ code, text, method: "TCbrCustomerHelper.Check" }), operation });
}

/**
 * The captured shape: the worker's failure, the operation's, the domain's, and in the deepest the reason. Without a
 * reason the worker's failure stands alone.
 */
export function exceptionFault(request: { culture: Culture; deepest: string | null; operation: string }): SoapFault {
  const { culture, deepest, operation } = request;
  const worker = remoteMessage({ code: "WP006", text: "Failure during message execution", method: "TWorkerMessageProcess.TryExecuteMessage" });
  const call = `TCbrCustomerHelper.${operation}`;
  const levels = [
    worker,
    ...(deepest === null
      ? []
      : [
          remoteMessage({ code: "WP008", text: `Operation 'Cegid.Retail.Customers.${operation}' failed calling '${call}'`, method: "TWorkerOperationDispatcher.Execute" }),
          remoteMessage({ code: "CBR99000", text: `${operation} failed`, method: call }),
          deepest,
        ]),
  ];
  const [top = "", ...inner] = levels;
  const content = levelContent({ message: top, inner, trackingId: randomUUID() });
  const detail = `<CbpExceptionDetail xmlns="${FAULT_NAMESPACE}" xmlns:i="${INSTANCE_NAMESPACE}">${content}</CbpExceptionDetail>`;
  return { code: faultCode(GENERIC_CODE), text: top, language: culture, detail };
}

export function remoteMessage(request: { code: string; text: string; method: string }): string {
  const { code, text, method } = request;
  return `Remote call failed: Code = (${code}) Message = (${code} : ${text} (${method}))`;
}

function levelContent(request: { message: string; inner: readonly string[]; trackingId: string | null }): string {
  const { message, inner, trackingId } = request;
  const [next, ...deeper] = inner;
  const nested = next === undefined ? "" : `<InnerException i:type="CbpExceptionDetail">${levelContent({ message: next, inner: deeper, trackingId: null })}</InnerException>`;
  const tracking = trackingId === null ? "" : `<TrackingId>${trackingId}</TrackingId>`;
  return `${nested}<Message>${escapeXml(message)}</Message>${tracking}<Type>Cegid.Retail.Tools.Resources.Biz001Exception</Type><Id>${GENERIC_CODE}</Id><ToDo/>`;
}

function businessFault(request: { code: string; text: string; culture: Culture; members: readonly string[] }): SoapFault {
  const { code, text, culture, members } = request;
  const names = members.map((name) => `<b:string>${escapeXml(name)}</b:string>`).join("");
  const told = escapeXml(`(1) input data not valid: ${text}`);
  const own = `<Cause/><Description>${told}</Description><Id>${code}</Id><Message>${told}</Message><SourceLocation/><ToDo/>`;
  const detail = `<BusinessFaultDetail xmlns="${FAULT_NAMESPACE}">${own}<MemberNames xmlns:b="${ARRAYS_NAMESPACE}">${names}</MemberNames></BusinessFaultDetail>`;
  return { code: faultCode(code), text, language: culture, detail };
}

function faultCode(name: string): SoapFault["code"] {
  return { prefix: "a", namespace: FAULT_NAMESPACE, name };
}
