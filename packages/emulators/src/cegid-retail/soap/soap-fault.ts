import type { Culture } from "../folder.ts";

/** A fault as it goes over the wire. What it says may repeat what was sent, as the real server's does. */
export interface SoapFault {
  readonly code: { readonly prefix: string; readonly namespace: string | null; readonly name: string };
  readonly text: string;
  readonly language: Culture;
  /** XML; null: none. */
  readonly detail: string | null;
}

/** An operation ends in a fault. The message holds no more than its code. */
export class SoapFaultError extends Error {
  readonly fault: SoapFault;

  constructor(fault: SoapFault) {
    super(`soap fault ${fault.code.name}`);
    this.name = "SoapFaultError";
    this.fault = fault;
  }
}

const DISPATCHER_NAMESPACE = "http://schemas.microsoft.com/net/2005/12/windowscommunicationfoundation/dispatcher";
const ADDRESSING_NAMESPACE = "http://schemas.microsoft.com/ws/2005/05/addressing/none";

/** What WCF says of a body that it cannot turn into arguments. */
export function deserializationFault(problem: string): SoapFault {
  const text = `The formatter threw an exception while trying to deserialize the message: ${problem}`;
  return { code: { prefix: "a", namespace: DISPATCHER_NAMESPACE, name: "DeserializationFailed" }, text, language: "en-US", detail: null };
}

/** What WCF says where the service itself broke. */
export function internalFault(): SoapFault {
  const text = "The server was unable to process the request due to an internal error.";
  return { code: { prefix: "a", namespace: DISPATCHER_NAMESPACE, name: "InternalServiceFault" }, text, language: "en-US", detail: null };
}

export function actionFault(action: string): SoapFault {
  const text = `The message with Action '${action}' cannot be processed at the receiver, due to a ContractFilter mismatch at the EndpointDispatcher.`;
  return { code: { prefix: "a", namespace: ADDRESSING_NAMESPACE, name: "ActionNotSupported" }, text, language: "en-US", detail: null };
}
