import { ensureSameContact } from "../identity/compare-person.ts";
import { bearsRef, isFreeFor } from "../identity/is-free-for.ts";
import { askForCustomer } from "../transport/read-customer.ts";
import { settleCustomer, type SettledCustomer } from "./settle-customer.ts";
import type { KnownItem } from "./write-known.ts";

/**
 * Writes an item to the record of Y2's own id that the route's ledger remembers: three calls for a customer who carries our link,
 * in the place of a search more. Null where nothing is remembered, or where the record is there no more, was closed or does not
 * bear the ref: then the customer is looked for as if nothing had been remembered.
 */
export async function writeRemembered({ terms, item, marker }: KnownItem): Promise<SettledCustomer | null> {
  const { session, signal } = terms;
  const { settings } = session;
  const { ref, recordId: customerId = marker } = item.subject;
  if (customerId === marker) return null;
  const work = async (): Promise<SettledCustomer | null> => {
    const { stored } = await askForCustomer({ ...terms, customerId });
    // One into whom a merged customer went is answered under another id.
    if (stored?.CustomerId !== customerId || !bearsRef({ settings, stored, ref }) || !isFreeFor({ settings, stored, ref })) return null;
    ensureSameContact({ terms, item, stored });
    return settleCustomer({ terms, item, stored, marks: true });
  };
  return session.inSequence({ key: customerId, work, signal });
}
