import { RETAIL_NAMESPACE } from "../contract/namespaces.ts";
import type { DataRecord, DataValue } from "../contract/data-value.ts";
import type { Operation } from "../contract/operations.ts";
import { shapeOf } from "../contract/shape.ts";
import type { XmlElement } from "../xml/xml-element.ts";
import { readValue, type DataContractReading } from "./read-data-contract.ts";
import { deserializationFault, SoapFaultError } from "./soap-fault.ts";

/** The operands of a call. As with members, one that comes too early loses those before it. Throws a `SoapFaultError`. */
export function readOperands(request: DataContractReading & { body: XmlElement; operation: Operation }): DataRecord {
  const { body, operation } = request;
  const [wrapper] = body.children;
  if (wrapper?.name !== operation.name || wrapper.namespace !== RETAIL_NAMESPACE) {
    const expected = `Expected to find node type 'Element' with name '${operation.name}' and namespace '${RETAIL_NAMESPACE}'.`;
    throw new SoapFaultError(deserializationFault(`OperationFormatter encountered an invalid Message body. ${expected}`));
  }
  const operands: Record<string, DataValue> = {};
  let next = 0;
  for (const element of wrapper.children) {
    const index = operation.operands.findIndex(([name], at) => at >= next && name === element.name && element.namespace === RETAIL_NAMESPACE);
    const operand = operation.operands[index];
    if (operand === undefined) continue;
    next = index + 1;
    const [name, type] = operand;
    operands[name] = readValue({ ...request, element, shape: shapeOf(type) }) ?? null;
  }
  return operands;
}
