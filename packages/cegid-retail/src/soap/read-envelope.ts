import { shapeOf } from "./class-members.ts";
import { ENVELOPE_NAMESPACE, RETAIL_NAMESPACE } from "./namespaces.ts";
import { OPERATIONS, type OperationName, type OperationResult } from "./operations.ts";
import { readValue } from "./read-class.ts";
import { readHelloWorld } from "./read-hello-world.ts";
import { UnreadableAnswerError } from "./unreadable-answer-error.ts";
import type { XmlElement } from "./xml-element.ts";

/** The one element of an envelope's body: what was answered, or the fault. Throws an `UnreadableAnswerError`. */
export function readEnvelope(envelope: XmlElement): { readonly kind: "answer" | "fault"; readonly element: XmlElement } {
  if (envelope.name.toLowerCase() === "html") throw new UnreadableAnswerError({ reason: "html" });
  const bodies = envelope.children.filter((child) => isOf({ element: child, namespace: ENVELOPE_NAMESPACE, name: "Body" }));
  const [body] = bodies;
  const element = body?.children[0];
  const isSoap = isOf({ element: envelope, namespace: ENVELOPE_NAMESPACE, name: "Envelope" }) && bodies.length === 1 && body?.children.length === 1;
  if (!isSoap || element === undefined) throw new UnreadableAnswerError({ reason: "notSoap" });
  return { kind: isOf({ element, namespace: ENVELOPE_NAMESPACE, name: "Fault" }) ? "fault" : "answer", element };
}

/** What the operation answered. Throws an `UnreadableAnswerError` for the answer of another operation. */
export function readResult<Name extends OperationName>(request: { element: XmlElement; name: Name; timeZone: string }): OperationResult[Name] {
  const { element, name, timeZone } = request;
  if (!isOf({ element, namespace: RETAIL_NAMESPACE, name: `${name}Response` })) throw new UnreadableAnswerError({ reason: "notSoap" });
  const results = element.children.filter((child) => isOf({ element: child, namespace: RETAIL_NAMESPACE, name: `${name}Result` }));
  const [result] = results;
  if (results.length > 1) throw new UnreadableAnswerError({ reason: "wrongType" });
  const shape = shapeOf(OPERATIONS[name].result);
  const value = result === undefined ? null : readValue({ element: result, shape, timeZone });
  return FINISHERS[name](value) as OperationResult[Name];
}

/** No text and no member is nothing at all, however the server writes it. */
const FINISHERS: Readonly<Record<OperationName, (value: unknown) => unknown>> = {
  HelloWorld: (value) => readHelloWorld(typeof value === "string" ? value : ""),
  GetCustomerIdByReference: textOrNull,
  GetCustomerDetail: (value) => (value !== null && Object.keys(value as object).length > 0 ? value : null),
  SearchCustomerIds: (value) => value ?? [],
  AddNewCustomer: textOrNull,
  UpdateCustomer: textOrNull,
};

function textOrNull(value: unknown): string | null {
  return typeof value === "string" && value.trim() !== "" ? value : null;
}

function isOf(request: { element: XmlElement; namespace: string; name: string }): boolean {
  const { element, namespace, name } = request;
  return element.name === name && element.namespace === namespace;
}
