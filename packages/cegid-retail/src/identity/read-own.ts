import type { CustomerQueryData } from "../soap/data-contract.ts";
import { readCustomer } from "../transport/read-customer.ts";
import type { CallTerms } from "./call-terms.ts";

/**
 * The customer of an id of ours; null where there is none. A server may answer the one into whom a merged customer went:
 * whoever that is has to be found by what names the person, and not by an id that is gone.
 */
export async function readOwn(request: { terms: CallTerms; customerId: string }): Promise<CustomerQueryData | null> {
  const { terms, customerId } = request;
  const stored = await readCustomer({ ...terms, customerId });
  return stored?.CustomerId === customerId ? stored : null;
}
