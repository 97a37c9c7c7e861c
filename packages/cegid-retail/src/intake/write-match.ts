import type { SubjectWriteV1 } from "@volenti/core/adapter";
import { failCall, type CallTerms } from "../identity/call-terms.ts";
import { findIds } from "../identity/find-ids.ts";
import { isFreeFor } from "../identity/is-free-for.ts";
import { isOpen } from "../identity/is-open.ts";
import { readFound } from "../identity/read-matches.ts";
import type { SearchCriterion } from "../identity/search-criterion.ts";
import type { CustomerQueryData } from "../soap/data-contract.ts";
import { settleCustomer, type SettledCustomer } from "./settle-customer.ts";

interface Matching {
  readonly terms: CallTerms;
  readonly item: SubjectWriteV1;
  readonly criterion: SearchCriterion;
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
  const { terms, item, criterion, customerId } = request;
  const [stored] = await readFound({ terms, criterion, ids: [customerId] });
  if (stored === undefined) return null;
  if (criterion.kind === "link" && !isOpen(stored)) return "closed";
  return isFor({ ...request, stored }) ? settleCustomer({ terms, item, stored, marks: true }) : null;
}

async function chooseOne(request: Matching & { ids: readonly string[] }): Promise<readonly string[]> {
  const { terms } = request;
  const matches = (await readFound(request)).filter((stored) => isFor({ ...request, stored }));
  if (matches.length > 1) throw failCall({ terms, code: "conflict", providerCode: "severalCustomers" });
  return matches.map(({ CustomerId }) => CustomerId ?? "");
}

function isFor(request: Matching & { stored: CustomerQueryData }): boolean {
  const { terms: { session: { settings } }, item: { subject: { ref } }, stored } = request;
  return isFreeFor({ settings, stored, ref });
}
