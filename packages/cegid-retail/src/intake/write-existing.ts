import type { SubjectWriteV1 } from "@volenti/core/adapter";
import type { CallTerms } from "../identity/call-terms.ts";
import { findIds } from "../identity/find-ids.ts";
import { isOpen } from "../identity/is-open.ts";
import { toLinkCriterion } from "../identity/link-criterion.ts";
import { ensureOwn } from "../identity/read-by-ref.ts";
import { readFound } from "../identity/read-matches.ts";
import { listCriteria, type SearchCriterion } from "../identity/search-criterion.ts";
import { toCustomerId } from "../mapping/customer-id.ts";
import { readCustomer } from "../transport/read-customer.ts";
import { settleCustomer, type SettledCustomer } from "./settle-customer.ts";

/**
 * Writes an item to everybody held whom its ref or its identifiers name, whoever else's link they carry, and marks none of
 * them. In the order of ref, link and match keys; the first one judges the item. Null where nobody is held.
 */
export async function writeExisting(request: { terms: CallTerms; item: SubjectWriteV1 }): Promise<SettledCustomer | null> {
  const { terms, item } = request;
  const { settings } = terms.session;
  const { ref, identifiers } = item.subject;
  const customerId = toCustomerId(ref);
  const link = toLinkCriterion({ settings, ref });
  const written = new Set<string>();
  const settled: SettledCustomer[] = [];
  if (customerId !== null && settings.customerIdStrategy === "deterministic") settled.push(...(await writeTo({ ...request, customerId, criterion: null })));
  if (settled.length > 0 && customerId !== null) written.add(customerId);
  for (const criterion of [...(link === null ? [] : [link]), ...listCriteria({ settings, identifiers })]) {
    for (const found of await findIds({ terms, criterion, includesClosed: false })) {
      if (written.has(found)) continue;
      const outcome = await writeTo({ terms, item, customerId: found, criterion });
      if (outcome.length > 0) written.add(found);
      settled.push(...outcome);
    }
  }
  return settled[0] ?? null;
}

/** None where there is no such customer (any more), or not the one who was asked for. */
async function writeTo(request: { terms: CallTerms; item: SubjectWriteV1; customerId: string; criterion: SearchCriterion | null }): Promise<readonly SettledCustomer[]> {
  const { terms, item, customerId, criterion } = request;
  const { session, signal } = terms;
  const work = async (): Promise<readonly SettledCustomer[]> => {
    const stored = criterion === null ? await readCustomer({ ...terms, customerId }) : ((await readFound({ terms, criterion, ids: [customerId] }))[0] ?? null);
    if (stored === null || !isOpen(stored)) return [];
    if (criterion === null) ensureOwn({ terms, stored, ref: item.subject.ref });
    return [await settleCustomer({ terms, item: { ...item, profile: undefined }, stored, marks: false })];
  };
  return session.inSequence({ key: customerId, work, signal });
}
