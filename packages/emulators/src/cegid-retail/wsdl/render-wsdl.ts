import { FAULT_NAMESPACE, RETAIL_NAMESPACE, WSDL_TARGET_NAMESPACE } from "../contract/namespaces.ts";
import { CUSTOMER_OPERATIONS, type Operation } from "../contract/operations.ts";
import { escapeXml } from "../xml/escape-xml.ts";
import { renderSchemas } from "./render-schemas.ts";

const CONTRACT = "ICustomerWcfService";
const BINDING = "BasicHttpBinding_ICustomerWcfService";
const DECLARATIONS = [
  'xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/"',
  'xmlns:xs="http://www.w3.org/2001/XMLSchema"',
  'xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/"',
  `xmlns:tns="${WSDL_TARGET_NAMESPACE}"`,
  `xmlns:r="${RETAIL_NAMESPACE}"`,
  `xmlns:f="${FAULT_NAMESPACE}"`,
].join(" ");

/** The contract of CustomerWcfService as one file, rendered from what the emulator itself reads and writes by. */
export function renderWsdl(request: { address: string }): string {
  const messages = CUSTOMER_OPERATIONS.map(renderMessages).join("");
  const fault = `<wsdl:message name="BusinessFaultDetail"><wsdl:part name="detail" element="f:BusinessFaultDetail"/></wsdl:message>`;
  const portType = `<wsdl:portType name="${CONTRACT}">${CUSTOMER_OPERATIONS.map(renderPortOperation).join("")}</wsdl:portType>`;
  const transport = `<soap:binding transport="http://schemas.xmlsoap.org/soap/http"/>`;
  const binding = `<wsdl:binding name="${BINDING}" type="tns:${CONTRACT}">${transport}${CUSTOMER_OPERATIONS.map(renderBoundOperation).join("")}</wsdl:binding>`;
  const port = `<wsdl:port name="${BINDING}" binding="tns:${BINDING}"><soap:address location="${escapeXml(request.address)}"/></wsdl:port>`;
  const service = `<wsdl:service name="CustomerWcfService">${port}</wsdl:service>`;
  const types = `<wsdl:types>${renderSchemas()}</wsdl:types>`;
  const content = [types, messages, fault, portType, binding, service].join("");
  return `<?xml version="1.0" encoding="utf-8"?><wsdl:definitions name="CustomerWcfService" targetNamespace="${WSDL_TARGET_NAMESPACE}" ${DECLARATIONS}>${content}</wsdl:definitions>`;
}

function renderMessages({ name }: Operation): string {
  const input = `<wsdl:message name="${CONTRACT}_${name}_InputMessage"><wsdl:part name="parameters" element="r:${name}"/></wsdl:message>`;
  const output = `<wsdl:message name="${CONTRACT}_${name}_OutputMessage"><wsdl:part name="parameters" element="r:${name}Response"/></wsdl:message>`;
  return input + output;
}

function renderPortOperation({ name }: Operation): string {
  const input = `<wsdl:input message="tns:${CONTRACT}_${name}_InputMessage"/>`;
  const output = `<wsdl:output message="tns:${CONTRACT}_${name}_OutputMessage"/>`;
  const fault = `<wsdl:fault name="BusinessFaultDetailFault" message="tns:BusinessFaultDetail"/>`;
  return `<wsdl:operation name="${name}">${input}${output}${fault}</wsdl:operation>`;
}

function renderBoundOperation({ name, action }: Operation): string {
  const literal = `<soap:body use="literal"/>`;
  const fault = `<wsdl:fault name="BusinessFaultDetailFault"><soap:fault use="literal" name="BusinessFaultDetailFault"/></wsdl:fault>`;
  return `<wsdl:operation name="${name}"><soap:operation soapAction="${action}" style="document"/><wsdl:input>${literal}</wsdl:input><wsdl:output>${literal}</wsdl:output>${fault}</wsdl:operation>`;
}
