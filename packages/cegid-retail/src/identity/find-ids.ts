import { searchIds } from "../link/search-ids.ts";
import { failCall, type CallTerms } from "./call-terms.ts";
import { toSearchData, type SearchCriterion } from "./search-criterion.ts";

/** More than this is no person: an address of the shop's own in many records, or a criterion that was passed over. */
const LIMIT = 20;

/**
 * The ids that a search finds, each once. Nothing else of a result is to be relied on: each has to be read, and compared
 * with what was asked, before anything is written. An empty criterion asks for everybody, and is never sent.
 */
export async function findIds(request: { terms: CallTerms; criterion: SearchCriterion; includesClosed: boolean }): Promise<readonly string[]> {
  const { terms, criterion, includesClosed } = request;
  if (criterion.value === "") throw failCall({ terms, code: "invalidInput", providerCode: "emptyCriterion" });
  const criteria = { ...toSearchData(criterion), ...(includesClosed ? {} : { Closed: false }) };
  const ids = await searchIds({ ...terms, criteria, atMost: LIMIT });
  if (ids.length >= LIMIT) throw failCall({ terms, code: "conflict", providerCode: "searchTooWide" });
  return ids;
}
