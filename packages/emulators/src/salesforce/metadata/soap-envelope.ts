import { childText, findChild, type XmlElement } from "./xml-element.ts";

const ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/";
const METADATA = "http://soap.sforce.com/2006/04/metadata";

/** A call by SOAP: the operation's element, and the session that it names. */
export interface SoapCall {
  readonly operation: XmlElement;
  readonly sessionId: string;
}

/** Null for what is no envelope with one operation in its body. */
export function readEnvelope(root: XmlElement): SoapCall | null {
  const body = findChild({ element: root, name: "Body" });
  const operation = body?.children[0];
  if (root.name !== "Envelope" || body?.children.length !== 1 || operation === undefined) return null;
  const header = findChild({ element: root, name: "Header" });
  const session = header === undefined ? undefined : findChild({ element: header, name: "SessionHeader" });
  return { operation, sessionId: session === undefined ? "" : childText({ element: session, name: "sessionId" }) };
}

/** The answer of an operation: `<deployResponse><result>…`. Arrays become elements that repeat; null is `xsi:nil`. */
export function soapResponse({ operation, results }: { operation: string; results: readonly unknown[] }): Response {
  const content = results.map((result) => toXml({ name: "result", value: result })).join("");
  return envelope({ status: 200, body: `<${operation}Response xmlns="${METADATA}">${content}</${operation}Response>` });
}

/** The answer of an operation with one result, whose content is XML already. */
export function soapXmlResponse({ operation, content }: { operation: string; content: string }): Response {
  return envelope({ status: 200, body: `<${operation}Response xmlns="${METADATA}"><result>${content}</result></${operation}Response>` });
}

/** Faults of Salesforce have codes of its own, and the code again before the sentence. */
export function soapFault({ code, message }: { code: string; message: string }): Response {
  const body = `<soapenv:Fault><faultcode>sf:${code}</faultcode><faultstring>${escapeXml(`${code}: ${message}`)}</faultstring></soapenv:Fault>`;
  return envelope({ status: 500, body });
}

function envelope({ status, body }: { status: number; body: string }): Response {
  const namespaces = `xmlns:soapenv="${ENVELOPE}" xmlns:sf="http://soap.sforce.com/2006/04/metadata" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"`;
  const text = `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope ${namespaces}><soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`;
  return new Response(text, { status, headers: { "content-type": "text/xml;charset=UTF-8" } });
}

function toXml({ name, value }: { name: string; value: unknown }): string {
  if (Array.isArray(value)) return value.map((item: unknown) => toXml({ name, value: item })).join("");
  if (value === null || value === undefined) return `<${name} xsi:nil="true"/>`;
  if (typeof value !== "object") return `<${name}>${escapeXml(typeof value === "string" ? value : JSON.stringify(value))}</${name}>`;
  const members = Object.entries(value).map(([member, inner]) => toXml({ name: member, value: inner }));
  return `<${name}>${members.join("")}</${name}>`;
}

export function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
