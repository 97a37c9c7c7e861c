import type { SubjectWriteV1 } from "@volenti/core/adapter";
import { failCall, type CallTerms } from "../identity/call-terms.ts";
import { ensureSameContact, isSomebodyElse } from "../identity/compare-person.ts";
import { findIds } from "../identity/find-ids.ts";
import { bearsRef, isFreeFor } from "../identity/is-free-for.ts";
import { isOpen } from "../identity/is-open.ts";
import { readFound } from "../identity/read-matches.ts";
import type { SearchCriterion } from "../identity/search-criterion.ts";
import type { CustomerQueryData } from "../soap/data-contract.ts";
import { settleCustomer, type SettledCustomer } from "./settle-customer.ts";

interface Matching {
  readonly terms: CallTerms;
  readonly item: SubjectWriteV1;
  readonly criterion: SearchCriterion;
  /** Whether the link lies in a record that was closed. */
  readonly isLinkClosed: boolean;
}

/**
 * Writes an item to the one customer whom a criterion finds: a search, the record, and the write. Null where it finds nobody
 * who may be taken for the person, `closed` where the link lies in a record that was closed. Several are a `conflict`.
 */
export async function writeMatch(matching: Matching): Promise<SettledCustomer | "closed" | null> {
  const { terms, criterion } = matching;
  const ids = await findIds({ terms, criterion, includesClosed: criterion.kind === "link" });
  const [customerId] = ids.length > 1 ? await chooseOne({ ...matching, ids }) : ids;
  if (customerId === undefined) return null;
  const { session, signal } = terms;
  return session.inSequence({ key: customerId, work: () => writeInTurn({ ...matching, customerId }), signal });
}

/** Read within the turn, so that nobody of this process writes between. */
async function writeInTurn(request: Matching & { customerId: string }): Promise<SettledCustomer | "closed" | null> {
  const { terms, item, criterion, isLinkClosed, customerId } = request;
  const [stored] = await readFound({ terms, criterion, ids: [customerId] });
  if (stored === undefined) return null;
  if (criterion.kind === "link" && !isOpen(stored)) return "closed";
  if (!isFor({ ...request, stored })) return null;
  if (criterion.kind === "link") ensureSameContact({ terms, item, stored });
  return settleCustomer({ terms, item, stored, marks: true, withoutLink: isLinkClosed });
}

async function chooseOne(request: Matching & { ids: readonly string[] }): Promise<readonly string[]> {
  const { terms, criterion, item: { subject: { ref } } } = request;
  const { settings } = terms.session;
  const matches = await readFound(request);
  const free = matches.filter((stored) => isFor({ ...request, stored }));
  // Where no search can ask for our mark, a second record that staff made since is not the person's.
  const ours = free.filter((stored) => bearsRef({ settings, stored, ref }));
  const rest = ours.length > 0 ? ours : free;
  if (rest.length > 1) throw failCall({ terms, code: "conflict", providerCode: "severalCustomers" });
  // Of several closed ones that carry the link each says so.
  const chosen = rest.length === 0 && criterion.kind === "link" ? matches.slice(0, 1) : rest;
  return chosen.map(({ CustomerId }) => CustomerId ?? "");
}

/** A company that has the address of a person who works there is not made that person. */
function isFor(request: Matching & { stored: CustomerQueryData }): boolean {
  const { terms: { session: { settings } }, item, criterion, stored } = request;
  if (!isFreeFor({ settings, stored, ref: item.subject.ref })) return false;
  return criterion.kind === "link" || (stored.IsCompany !== true && !isSomebodyElse({ settings, item, stored, criterion }));
}
