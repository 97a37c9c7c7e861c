import type { SubjectWriteV1 } from "@volenti/core/adapter";
import { bearsRef } from "../identity/is-free-for.ts";
import { toCustomerId } from "../mapping/customer-id.ts";
import type { Settings } from "../settings.ts";
import type { SettledCustomer } from "./settle-customer.ts";

/**
 * The id by which the next write is to read the customer, who is known by the link: an id that the ref makes need not be
 * remembered, and a record that does not bear the ref would not be taken for the person's. Null: what is remembered leads nowhere.
 */
export function tellRecordId(request: { settings: Settings; item: SubjectWriteV1; settled: SettledCustomer }): { readonly recordId?: string | null } {
  const { settings, item: { mode, subject: { ref, recordId } }, settled: { stored } } = request;
  if (mode === "existingOnly" || stored === null) return {};
  const customerId = stored.CustomerId ?? "";
  const isRemembered = customerId !== "" && customerId !== toCustomerId(ref) && bearsRef({ settings, stored, ref });
  if (isRemembered) return { recordId: customerId };
  return recordId === undefined ? {} : { recordId: null };
}
