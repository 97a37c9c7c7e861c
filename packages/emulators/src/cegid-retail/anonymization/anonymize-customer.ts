import { blankRecord } from "../contract/blank-value.ts";
import type { Customer } from "../customers/customer-store.ts";
import type { Folder } from "../folder.ts";

/** What stays of an anonymized customer: that it was one, where, and that nobody may be written to. */
const KEPT = ["CustomerId", "CreationStoreId", "IsCompany", "UsualStoreId"];
const REFUSED = ["OptinAlternativeEmail", "OptinEmail", "OptinHomePhone", "OptinMobile", "OptinOfficePhone", "OptinPostal"];

export type AnonymizationRefusal = "unknownCustomer" | "clothingAllowance" | "outstandingPayments";

/** Why the customer may not be anonymized; null where it may. */
export function refuseAnonymization(customer: Customer | undefined): AnonymizationRefusal | null {
  if (customer === undefined) return "unknownCustomer";
  if (customer.hasClothingAllowance) return "clothingAllowance";
  return customer.hasOutstandingPayments ? "outstandingPayments" : null;
}

/** Irreversible. */
export function anonymizeCustomer(request: { folder: Folder; customer: Customer }): void {
  const { folder, customer } = request;
  const now = folder.clock.wallClock();
  const values = {
    ...blankRecord("CustomerQueryData"),
    ...Object.fromEntries(KEPT.map((name) => [name, customer.values[name] ?? ""])),
    ...Object.fromEntries(REFUSED.map((name) => [name, "DoNotUse"])),
    LastName: "ANONYMIZED",
    Closed: true,
    LastDateUpdate: now,
    LastModificationDate: now,
  };
  folder.customers.write({ customer, values });
  customer.externalReference = "";
  customer.isAnonymized = true;
}
