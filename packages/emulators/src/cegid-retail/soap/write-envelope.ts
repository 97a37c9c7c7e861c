import { ENVELOPE_NAMESPACE, RETAIL_NAMESPACE } from "../contract/namespaces.ts";
import type { DataValue } from "../contract/data-value.ts";
import type { Operation } from "../contract/operations.ts";
import { shapeOf } from "../contract/shape.ts";
import type { UnprovenBehaviour } from "../unproven-behaviour.ts";
import { escapeXml } from "../xml/escape-xml.ts";
import type { SoapFault } from "./soap-fault.ts";
import { writeElement } from "./write-data-contract.ts";

export function writeAnswer(request: { operation: Operation; result: DataValue; behaviour: UnprovenBehaviour }): string {
  const { operation, result, behaviour } = request;
  const { blankStrings } = behaviour;
  const content = writeElement({ name: `${operation.name}Result`, value: result, shape: shapeOf(operation.result), blankStrings });
  return writeEnvelope(`<${operation.name}Response xmlns="${RETAIL_NAMESPACE}">${content}</${operation.name}Response>`);
}

export function writeFault({ code, text, language, detail }: SoapFault): string {
  const name =
    code.namespace === null
      ? `<faultcode>${code.prefix}:${escapeXml(code.name)}</faultcode>`
      : `<faultcode xmlns:${code.prefix}="${code.namespace}">${code.prefix}:${escapeXml(code.name)}</faultcode>`;
  const told = `<faultstring xml:lang="${language}">${escapeXml(text)}</faultstring>`;
  return writeEnvelope(`<s:Fault>${name}${told}${detail === null ? "" : `<detail>${detail}</detail>`}</s:Fault>`);
}

function writeEnvelope(body: string): string {
  return `<s:Envelope xmlns:s="${ENVELOPE_NAMESPACE}"><s:Body>${body}</s:Body></s:Envelope>`;
}
