import type { Identifier } from "@volenti/core/adapter";
import type { CustomerQueryData } from "../soap/data-contract.ts";
import { failCall, type CallTerms } from "./call-terms.ts";
import { isOpen } from "./is-open.ts";
import { readMatches } from "./read-matches.ts";

/**
 * The one open customer who has the identifier in a member that is a match key of its kind; null where the folder was asked
 * and has none. Several are a `conflict`.
 */
export async function findByMatchKey(request: { terms: CallTerms; identifier: Identifier }): Promise<CustomerQueryData | null> {
  const { terms, identifier: { kind, value } } = request;
  const found = new Map<string, CustomerQueryData>();
  for (const { field } of terms.session.settings.matchKeys.filter((key) => key.kind === kind)) {
    const matches = await readMatches({ terms, criterion: { kind, value, path: field }, includesClosed: false });
    for (const stored of matches.filter(isOpen)) found.set(stored.CustomerId ?? "", stored);
  }
  const [only, ...others] = found.values();
  if (others.length > 0) throw failCall({ terms, code: "conflict", providerCode: "severalCustomers", recordIds: [...found.keys()] });
  return only ?? null;
}
