import { isRecord, textAt, type DataRecord, type DataValue } from "../contract/data-value.ts";
import type { OperationName } from "../contract/operations.ts";
import type { Folder } from "../folder.ts";
import { BusinessRefusedError } from "../rules/business-refused-error.ts";
import { addCustomer } from "./add-customer.ts";
import { getCustomerDetail, getCustomerIdByReference } from "./get-customer.ts";
import { helloWorld } from "./hello-world.ts";
import { searchCustomers } from "./search-customers.ts";
import { updateCustomer } from "./update-customer.ts";

type Run = (request: { folder: Folder; operands: DataRecord }) => DataValue;

const RUNS: Readonly<Record<OperationName, Run>> = {
  HelloWorld: helloWorld,
  GetCustomerIdByReference: getCustomerIdByReference,
  GetCustomerDetail: getCustomerDetail,
  SearchCustomerIds: searchCustomers,
  AddNewCustomer: addCustomer,
  UpdateCustomer: updateCustomer,
};

/** Runs an operation on the folder that the call names. Throws a `BusinessRefusedError`; then nothing was changed. */
export function runOperation(request: { folder: Folder; name: OperationName; operands: DataRecord }): DataValue {
  const { folder, name, operands } = request;
  const context = operands["clientContext"];
  const databaseId = isRecord(context) ? textAt({ record: context, path: "DatabaseId" }) : "";
  if (databaseId !== folder.folderId) throw new BusinessRefusedError({ rule: "unknownFolder", members: ["clientContext.DatabaseId"], sent: databaseId });
  return RUNS[name]({ folder, operands });
}
