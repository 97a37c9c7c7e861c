import { RETAIL_NAMESPACE } from "./namespaces.ts";

export type OperationName =
  | "HelloWorld"
  | "GetCustomerIdByReference"
  | "GetCustomerDetail"
  | "SearchCustomerIds"
  | "AddNewCustomer"
  | "UpdateCustomer";

export interface Operation {
  readonly name: OperationName;
  readonly action: string;
  /** Name and type, in the order of the wire, which is not sorted. */
  readonly operands: readonly (readonly [name: string, type: string])[];
  /** The type of `<name>Result`. */
  readonly result: string;
}

const CONTEXT = ["clientContext", "RetailContext"] as const;
const CUSTOMER_ACTIONS = `${RETAIL_NAMESPACE}/ICustomerWcfService/`;

export const HELLO_WORLD: Operation = {
  name: "HelloWorld",
  action: `${RETAIL_NAMESPACE}/ICbrBasicWebServiceInterface/HelloWorld`,
  operands: [["text", "string"], CONTEXT],
  result: "string",
};

export const CUSTOMER_OPERATIONS: readonly Operation[] = [
  HELLO_WORLD,
  customerOperation({ name: "GetCustomerIdByReference", operands: [["customerReference", "string"]], result: "string" }),
  customerOperation({ name: "GetCustomerDetail", operands: [["customerId", "string"]], result: "CustomerQueryData" }),
  customerOperation({ name: "SearchCustomerIds", operands: [["searchData", "CustomerSearchDataType"]], result: "ArrayOfCustomerQueryData" }),
  customerOperation({ name: "AddNewCustomer", operands: [["customerData", "CustomerInsertData"]], result: "string" }),
  customerOperation({ name: "UpdateCustomer", operands: [["customerId", "string"], ["modifiedData", "CustomerInputData"]], result: "string" }),
];

function customerOperation(operation: Pick<Operation, "name" | "operands" | "result">): Operation {
  const { name, operands, result } = operation;
  return { name, action: `${CUSTOMER_ACTIONS}${name}`, operands: [...operands, CONTEXT], result };
}
