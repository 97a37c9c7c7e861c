import type { CustomerInputData, CustomerInsertData, CustomerQueryData, CustomerSearchData, MemberPath } from "./data-contract.ts";
import { RETAIL_NAMESPACE } from "./namespaces.ts";
import type { ServerReport } from "./read-hello-world.ts";

/** What each operation takes, without `clientContext`, which the session adds. */
export interface OperationArguments {
  HelloWorld: { readonly text: string };
  GetCustomerIdByReference: { readonly customerReference: string };
  GetCustomerDetail: { readonly customerId: string };
  /** At least one criterion that is more than a flag or a limit. */
  SearchCustomerIds: { readonly searchData: CustomerSearchData };
  AddNewCustomer: { readonly customerData: CustomerInsertData } & Emptying<"CustomerInsertData">;
  UpdateCustomer: { readonly customerId: string; readonly modifiedData: CustomerInputData } & Emptying<"CustomerInputData">;
}

interface Emptying<Name extends "CustomerInsertData" | "CustomerInputData"> {
  /** Members sent as an empty element, whatever the data say of them: texts, nested classes and arrays alone. */
  readonly cleared?: readonly MemberPath<Name>[] | undefined;
  /** Members sent as `xsi:nil`, which a server may refuse: for tests of the contract. */
  readonly nils?: readonly MemberPath<Name>[] | undefined;
}

/** What each operation answers. Null: the server answered, and holds nothing. */
export interface OperationResult {
  HelloWorld: ServerReport;
  GetCustomerIdByReference: string | null;
  GetCustomerDetail: CustomerQueryData | null;
  /** Rely on `CustomerId` alone: which other members a search fills is unproven. */
  SearchCustomerIds: readonly CustomerQueryData[];
  /** The id of the customer created. */
  AddNewCustomer: string | null;
  UpdateCustomer: string | null;
}

export type OperationName = keyof OperationArguments;

/** Operands in the order of the wire, which is not sorted, before `clientContext`. */
export const OPERATIONS = {
  HelloWorld: { contract: "ICbrBasicWebServiceInterface", operands: [["text", "string"]], result: "string" },
  GetCustomerIdByReference: { contract: "ICustomerWcfService", operands: [["customerReference", "string"]], result: "string" },
  GetCustomerDetail: { contract: "ICustomerWcfService", operands: [["customerId", "string"]], result: "CustomerQueryData" },
  SearchCustomerIds: { contract: "ICustomerWcfService", operands: [["searchData", "CustomerSearchDataType"]], result: "ArrayOfCustomerQueryData" },
  AddNewCustomer: { contract: "ICustomerWcfService", operands: [["customerData", "CustomerInsertData"]], result: "string" },
  UpdateCustomer: { contract: "ICustomerWcfService", operands: [["customerId", "string"], ["modifiedData", "CustomerInputData"]], result: "string" },
} as const satisfies Readonly<Record<OperationName, Operation>>;

interface Operation {
  readonly contract: string;
  readonly operands: readonly (readonly [name: string, type: string])[];
  readonly result: string;
}

/** The value of the header `SOAPAction`, without its quotes. */
export function soapActionOf(name: OperationName): string {
  return `${RETAIL_NAMESPACE}/${OPERATIONS[name].contract}/${name}`;
}
