import type { CustomerQueryData } from "../soap/data-contract.ts";
import { readCustomer } from "../transport/read-customer.ts";
import { failCall, type CallTerms } from "./call-terms.ts";
import { findIds } from "./find-ids.ts";
import { compareWithCriterion, type SearchCriterion } from "./search-criterion.ts";

/** Every customer who has what the criterion asks for: searched for, read whole, and compared to the letter. */
export async function readMatches(request: { terms: CallTerms; criterion: SearchCriterion; includesClosed: boolean }): Promise<readonly CustomerQueryData[]> {
  return readFound({ ...request, ids: await findIds(request) });
}

/**
 * The customers of a search's ids who have what it asked for. Throws `malformedResponse` where the search found strangers and
 * nobody who was asked for: whoever took that for an answer would make a customer twice. A record of another id is a stranger's.
 */
export async function readFound(request: { terms: CallTerms; criterion: SearchCriterion; ids: readonly string[] }): Promise<readonly CustomerQueryData[]> {
  const { terms, criterion, ids } = request;
  const records: { readonly stored: CustomerQueryData; readonly found: ReturnType<typeof compareWithCriterion> }[] = [];
  for (const customerId of ids) {
    const stored = await readCustomer({ ...terms, customerId });
    if (stored !== null) records.push({ stored, found: stored.CustomerId === customerId ? compareWithCriterion({ criterion, stored }) : "stranger" });
  }
  const matches = records.filter(({ found }) => found === "same").map(({ stored }) => stored);
  const hasStrangers = records.some(({ found }) => found === "stranger");
  if (matches.length === 0 && hasStrangers) throw failCall({ terms, code: "malformedResponse", providerCode: "searchFoundStrangers" });
  return matches;
}
