import { ConnectorError } from "@volenti/core/adapter";
import type { CallTerms } from "../identity/call-terms.ts";
import { mayBeUnknownCustomer } from "../error/may-be-unknown-customer.ts";
import type { CustomerSearchData } from "../soap/data-contract.ts";

/** As long as our ids are; no ref makes it, as it holds zeros. */
export const NOBODY = "V0000000000000000";

/**
 * Ids of the customers whom a search finds, each once. Whoever asked looks at each of them: a search may find strangers.
 *
 * Tenants tell that nobody was found by an empty list or by a fault of their own. A fault means nobody only where the
 * search for an id that cannot be there is answered by the very same; else it stands.
 */
export async function searchIds(request: CallTerms & { criteria: CustomerSearchData; atMost: number }): Promise<readonly string[]> {
  const { criteria, atMost, ...terms } = request;
  try {
    return await search({ ...terms, searchData: { ...criteria, MaxNumberOfCustomers: atMost } });
  } catch (error) {
    if (!ConnectorError.isInstance(error) || !mayBeUnknownCustomer(error)) throw error;
    const searchData = { CustomerId: NOBODY, MaxNumberOfCustomers: 1 };
    const code = await search({ ...terms, searchData }).then(() => null, codeOf);
    terms.signal?.throwIfAborted();
    if (code === null || code !== error.providerCode) throw error;
    return [];
  }
}

async function search(request: CallTerms & { searchData: CustomerSearchData }): Promise<readonly string[]> {
  const { session, searchData, ...terms } = request;
  const found = await session.call({ ...terms, name: "SearchCustomerIds", arguments: { searchData }, changes: false });
  return [...new Set(found.flatMap(({ CustomerId }) => CustomerId || []))];
}

function codeOf(error: unknown): string | null {
  return ConnectorError.isInstance(error) ? (error.providerCode ?? null) : null;
}
