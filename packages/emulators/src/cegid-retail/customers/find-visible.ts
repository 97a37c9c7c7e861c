import { textAt } from "../contract/data-value.ts";
import type { Folder } from "../folder.ts";
import type { Customer } from "./customer-store.ts";

/** The customer as the services know it: none of another store than the user's, and merged ones as the folder treats them. */
export function findVisible(request: { folder: Folder; customerId: string }): Customer | undefined {
  const { folder, customerId } = request;
  const customer = folder.customers.find(customerId);
  return customer !== undefined && isVisible({ folder, customer }) ? customer : undefined;
}

export function isVisible(request: { folder: Folder; customer: Customer }): boolean {
  const { folder, customer } = request;
  if (customer.mergedInto !== null && folder.behaviour.mergedCustomers === "unknown") return false;
  return folder.visibleStores === null || folder.visibleStores.includes(textAt({ record: customer.values, path: "UsualStoreId" }));
}
