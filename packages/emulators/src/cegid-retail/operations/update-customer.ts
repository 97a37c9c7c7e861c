import { isRecord, textAt, type DataRecord } from "../contract/data-value.ts";
import type { Customer } from "../customers/customer-store.ts";
import { findVisible } from "../customers/find-visible.ts";
import { mergeRecord } from "../customers/merge-record.ts";
import type { Folder } from "../folder.ts";
import { BusinessRefusedError } from "../rules/business-refused-error.ts";
import { settleCountry } from "../rules/find-country.ts";
import { validateRecord } from "../rules/validate-record.ts";

/** Answers the customer's id. Throws a `BusinessRefusedError`. */
export function updateCustomer(request: { folder: Folder; operands: DataRecord }): string {
  const { folder, operands } = request;
  const customerId = textAt({ record: operands, path: "customerId" });
  const customer = findVisible({ folder, customerId });
  if (customer === undefined) throw new BusinessRefusedError({ rule: "unknownCustomer", sent: customerId });
  const { modifiedData } = operands;
  if (!isRecord(modifiedData)) throw new BusinessRefusedError({ rule: "required", members: ["modifiedData"] });
  checkMayChange({ folder, customer, given: modifiedData });
  const given = settleCountry({ folder, given: modifiedData });
  const merged = mergeRecord({ standing: customer.values, given, className: "CustomerInputData", behaviour: folder.behaviour });
  if (merged["IsCompany"] !== customer.values["IsCompany"] && folder.behaviour.kindChange === "fault") {
    throw new BusinessRefusedError({ rule: "kindChange", members: ["IsCompany"] });
  }
  const record = validateRecord({ folder, record: merged, customerId });
  const now = folder.clock.wallClock();
  folder.customers.write({ customer, values: { ...record, LastDateUpdate: now, LastModificationDate: now } });
  return customerId;
}

function checkMayChange(request: { folder: Folder; customer: Customer; given: DataRecord }): void {
  const { folder: { behaviour }, customer, given } = request;
  const { customerId: sent, values } = customer;
  if (customer.isAnonymized) throw new BusinessRefusedError({ rule: "anonymized", sent });
  if (values["Closed"] === true && behaviour.closedCustomerUpdate === "fault") throw new BusinessRefusedError({ rule: "closed", sent });
  const known = given["LastModificationDate"];
  if (behaviour.modificationDate === "checked" && typeof known === "string" && known !== values["LastModificationDate"]) {
    throw new BusinessRefusedError({ rule: "changedMeanwhile", sent });
  }
}
