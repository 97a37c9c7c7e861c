import { textAt, type DataRecord, type DataValue } from "../contract/data-value.ts";
import { findVisible, isVisible } from "../customers/find-visible.ts";
import type { Folder } from "../folder.ts";
import { BusinessRefusedError } from "../rules/business-refused-error.ts";

export function getCustomerDetail(request: { folder: Folder; operands: DataRecord }): DataValue {
  const { folder, operands } = request;
  const customerId = textAt({ record: operands, path: "customerId" });
  return findVisible({ folder, customerId })?.values ?? nobody({ folder, sent: customerId });
}

/** What the reference is of is unproven; the folder says. */
export function getCustomerIdByReference(request: { folder: Folder; operands: DataRecord }): DataValue {
  const { folder, operands } = request;
  const reference = textAt({ record: operands, path: "customerReference" });
  const manner = folder.behaviour.customerReference;
  const found = folder.customers.all().find((customer) => {
    const isOwn = manner !== "customerId" && reference !== "" && customer.externalReference === reference;
    return (isOwn || (manner !== "externalReference" && customer.customerId === reference)) && isVisible({ folder, customer });
  });
  return found?.customerId ?? nobody({ folder, sent: reference });
}

function nobody(request: { folder: Folder; sent: string }): null {
  if (request.folder.behaviour.unknownCustomer === "empty") return null;
  throw new BusinessRefusedError({ rule: "unknownCustomer", sent: request.sent });
}
