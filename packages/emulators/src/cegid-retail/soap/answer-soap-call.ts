import type { DataValue } from "../contract/data-value.ts";
import { CUSTOMER_OPERATIONS, HELLO_WORLD, type Operation } from "../contract/operations.ts";
import { ENVELOPE_NAMESPACE } from "../contract/namespaces.ts";
import type { Folder } from "../folder.ts";
import { runOperation } from "../operations/run-operation.ts";
import { BusinessRefusedError } from "../rules/business-refused-error.ts";
import type { XmlElement } from "../xml/xml-element.ts";
import { parseXml } from "../xml/parse-xml.ts";
import { XmlProblemError } from "../xml/xml-problem-error.ts";
import { toBusinessFault } from "./business-fault.ts";
import { readOperands } from "./read-operands.ts";
import { actionFault, deserializationFault, SoapFaultError } from "./soap-fault.ts";
import { writeAnswer, writeFault } from "./write-envelope.ts";

/** The services that are there, in lower case, as IIS takes them. */
export const SERVICES: Readonly<Record<string, readonly Operation[]>> = {
  "customerwcfservice.svc": CUSTOMER_OPERATIONS,
  "workerprocessservice.svc": [HELLO_WORLD],
};

/** The operation that the header names; undefined where the service has none of that name. */
export function findOperation(request: { service: string; action: string }): Operation | undefined {
  const action = unquote(request.action);
  return SERVICES[request.service]?.find((operation) => operation.action === action);
}

/** Answers a POST to a service: 200 with a result, 500 with a fault, 400 or 415 where it is no SOAP 1.1 at all. */
export function answerSoapCall(request: {
  folder: Folder;
  service: string;
  headers: Headers;
  bytes: Uint8Array;
  /** Has the last word on the result. */
  alter: (result: DataValue) => DataValue;
}): Response {
  const { folder, service, headers, bytes, alter } = request;
  const contentType = headers.get("Content-Type") ?? "";
  if (!isSoapContentType(contentType)) {
    return new Response(null, { status: 415, statusText: "Cannot process the message because the content type was not the expected type 'text/xml; charset=utf-8'." });
  }
  const action = headers.get("SOAPAction") ?? "";
  try {
    const body = readBody(bytes);
    if (body === null) return new Response(null, { status: 400 });
    const operation = findOperation({ service, action });
    if (operation === undefined) throw new SoapFaultError(actionFault(unquote(action)));
    return soapResponse({ status: 200, text: answerOperation({ folder, operation, body, alter }) });
  } catch (error) {
    if (error instanceof SoapFaultError) return soapResponse({ status: 500, text: writeFault(error.fault) });
    throw error;
  }
}

function answerOperation(request: { folder: Folder; operation: Operation; body: XmlElement; alter: (result: DataValue) => DataValue }): string {
  const { folder, operation, body, alter } = request;
  const { clock, behaviour } = folder;
  const operands = readOperands({ clock, behaviour, body, operation });
  try {
    const result = runOperation({ folder, name: operation.name, operands });
    return writeAnswer({ operation, result: alter(result), behaviour });
  } catch (error) {
    if (!(error instanceof BusinessRefusedError)) throw error;
    throw new SoapFaultError(toBusinessFault({ refused: error, operation: operation.name, folder }));
  }
}

/** The body of an envelope; null where there is none, or a document that WCF does not even begin to read. Throws a `SoapFaultError`. */
function readBody(bytes: Uint8Array): XmlElement | null {
  let envelope: XmlElement;
  try {
    envelope = parseXml(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    if (error instanceof XmlProblemError && error.problem === "malformed" && bytes.length > 0) {
      throw new SoapFaultError(deserializationFault("There was an error deserializing the object. The data is not well-formed XML."));
    }
    return null;
  }
  const isEnvelope = envelope.name === "Envelope" && envelope.namespace === ENVELOPE_NAMESPACE;
  const body = envelope.children.find(({ name, namespace }) => name === "Body" && namespace === ENVELOPE_NAMESPACE);
  return isEnvelope && body !== undefined ? body : null;
}

export function soapResponse(request: { status: number; text: string }): Response {
  return new Response(request.text, { status: request.status, headers: { "Content-Type": "text/xml; charset=utf-8" } });
}

function isSoapContentType(contentType: string): boolean {
  const [type = "", ...parameters] = contentType.toLowerCase().split(";").map((part) => part.trim());
  const charset = parameters.find((parameter) => parameter.startsWith("charset="))?.slice("charset=".length).replaceAll('"', "") ?? "utf-8";
  return type === "text/xml" && charset === "utf-8";
}

function unquote(action: string): string {
  return action.trim().replace(/^"(.*)"$/, "$1");
}
