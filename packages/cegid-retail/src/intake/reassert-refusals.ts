import type { SubjectWriteV1 } from "@volenti/core/adapter";
import type { CallTerms } from "../identity/call-terms.ts";
import { isOpen } from "../identity/is-open.ts";
import { compareSeconds } from "../mapping/local-time.ts";
import { readLastWritten } from "../mapping/slots.ts";
import { readCustomer } from "../transport/read-customer.ts";
import { settleCustomer } from "./settle-customer.ts";

/** Writes refusals again where a yes took their place. Only what is not older than all that was written since: a yes that is newer stays. */
export async function reassertRefusals(request: { terms: CallTerms; item: SubjectWriteV1; customerId: string }): Promise<void> {
  const { terms, item, customerId } = request;
  const { settings } = terms.session;
  const stored = await readCustomer({ ...terms, customerId });
  if (stored === null || !isOpen(stored)) return;
  const last = readLastWritten({ settings, stored });
  const states = item.states.filter(({ effectiveAt }) => last === null || compareSeconds(effectiveAt, last.effectiveAt) >= 0);
  if (states.length > 0) await settleCustomer({ terms, item: { ...item, states }, stored, marks: false });
}
