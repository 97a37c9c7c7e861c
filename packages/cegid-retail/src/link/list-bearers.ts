import type { CallTerms } from "../identity/call-terms.ts";
import { toLinkCriterion } from "../identity/link-criterion.ts";
import { ensureOwn } from "../identity/read-by-ref.ts";
import { readMatches } from "../identity/read-matches.ts";
import { readLinkMarker, toCustomerId } from "../mapping/customer-id.ts";
import type { CustomerQueryData } from "../soap/data-contract.ts";
import { readCustomer } from "../transport/read-customer.ts";

/**
 * The records that bear a ref's link, closed ones too: the one whose id it is, and those in whose link it lies. A link in a
 * user field cannot be searched for, and is not found here. Two calls, and one for each record that the search finds.
 */
export async function listBearers(request: { terms: CallTerms; ref: string }): Promise<readonly CustomerQueryData[]> {
  const { terms, ref } = request;
  const { settings } = terms.session;
  const marker = toCustomerId(ref);
  if (marker === null) return [];
  const criterion = toLinkCriterion({ settings, ref });
  const own = await readCustomer({ ...terms, customerId: marker });
  if (own !== null) ensureOwn({ terms, stored: own, ref });
  const linked = criterion === null ? [] : await readMatches({ terms, criterion, includesClosed: true });
  const others = linked.filter((stored) => stored.CustomerId !== marker && readLinkMarker({ settings, stored }) === marker);
  return [...(own === null ? [] : [own]), ...others];
}
