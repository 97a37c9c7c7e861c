import { ConnectorError, type SubjectWriteV1 } from "@volenti/core/adapter";
import type { CallTerms } from "../identity/call-terms.ts";
import { findIds } from "../identity/find-ids.ts";
import { isOpen } from "../identity/is-open.ts";
import { toLinkCriterion } from "../identity/link-criterion.ts";
import { ensureOwn } from "../identity/read-by-ref.ts";
import { readFound } from "../identity/read-matches.ts";
import { readOwn } from "../identity/read-own.ts";
import { listCriteria, type SearchCriterion } from "../identity/search-criterion.ts";
import { toCustomerId } from "../mapping/customer-id.ts";
import { settleCustomer, type SettledCustomer } from "./settle-customer.ts";

/**
 * Writes an item to everybody held whom its ref or its identifiers name, whoever else's link they carry, and marks none of
 * them. In the order of ref, link and match keys; the first one judges the item. Empty where nobody is held. A record that
 * Y2 refuses to change fails the item once all others were written.
 */
export async function writeExisting(request: { terms: CallTerms; item: SubjectWriteV1 }): Promise<readonly SettledCustomer[]> {
  const { terms, item } = request;
  const { settings } = terms.session;
  const { ref, identifiers, isNew = false } = item.subject;
  const customerId = isNew ? null : toCustomerId(ref);
  const link = isNew ? null : toLinkCriterion({ settings, ref });
  const settled = new Map<string, SettledCustomer>();
  const refusals = new Map<string, ConnectorError>();
  const writeOnce = async (to: { customerId: string; criterion: SearchCriterion | null }): Promise<void> => {
    if (settled.has(to.customerId) || refusals.has(to.customerId)) return;
    try {
      const outcome = await writeTo({ terms, item, ...to });
      if (outcome !== null) settled.set(to.customerId, outcome);
    } catch (error) {
      if (!ConnectorError.isInstance(error) || error.code !== "rejectedByProvider") throw error;
      refusals.set(to.customerId, error);
    }
  };
  if (customerId !== null && settings.customerIdStrategy === "deterministic") await writeOnce({ customerId, criterion: null });
  for (const criterion of [...(link === null ? [] : [link]), ...listCriteria({ settings, identifiers })]) {
    for (const found of await findMatches({ terms, criterion })) await writeOnce({ customerId: found, criterion });
  }
  const [refusal] = refusals.values();
  if (refusal !== undefined) throw refusal;
  return [...settled.values()];
}

/** Of several each is read and compared beforehand: a stranger among them keeps nobody else from being written. */
async function findMatches(request: { terms: CallTerms; criterion: SearchCriterion }): Promise<readonly string[]> {
  const ids = await findIds({ ...request, includesClosed: false });
  return ids.length > 1 ? (await readFound({ ...request, ids })).map(({ CustomerId }) => CustomerId ?? "") : ids;
}

/** Null where there is no such customer (any more), or not the one who was asked for. */
async function writeTo(request: { terms: CallTerms; item: SubjectWriteV1; customerId: string; criterion: SearchCriterion | null }): Promise<SettledCustomer | null> {
  const { terms, item, customerId, criterion } = request;
  const { session, signal } = terms;
  const work = async (): Promise<SettledCustomer | null> => {
    const stored = criterion === null ? await readOwn({ terms, customerId }) : ((await readFound({ terms, criterion, ids: [customerId] }))[0] ?? null);
    if (stored === null || !isOpen(stored)) return null;
    if (criterion === null) ensureOwn({ terms, stored, ref: item.subject.ref });
    return settleCustomer({ terms, item: { ...item, profile: undefined }, stored, marks: false });
  };
  return session.inSequence({ key: customerId, work, signal });
}
