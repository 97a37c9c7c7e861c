import type { Identifier } from "@volenti/core/adapter";
import { readLinkMarker } from "../mapping/customer-id.ts";
import { readSubjectRef } from "../mapping/subject-ref.ts";
import type { CustomerQueryData } from "../soap/data-contract.ts";
import { failCall, type CallTerms } from "./call-terms.ts";
import { isOpen } from "./is-open.ts";
import { readMatches } from "./read-matches.ts";

interface Search {
  readonly terms: CallTerms;
  readonly identifier: Identifier;
}

/**
 * The one open customer of ours who has the identifier in a member that is a match key of its kind; null where the folder was
 * asked and has none. Several are a `conflict`, one who bears neither a ref nor a link of ours is `unlinked`.
 */
export async function findByMatchKey(request: Search): Promise<CustomerQueryData | null> {
  return tellMatch({ terms: request.terms, matches: await listByMatchKey(request) });
}

/** The only one of those whom an identifier names; throws as {@link findByMatchKey} does. */
export function tellMatch(request: { terms: CallTerms; matches: readonly CustomerQueryData[] }): CustomerQueryData | null {
  const { terms, matches } = request;
  if (matches.length > 1) throw failCall({ terms, code: "conflict", providerCode: "severalCustomers", recordIds: idsOf(matches) });
  const [only] = matches;
  if (only !== undefined && !isLinked({ terms, stored: only })) throw failCall({ terms, code: "unlinked", recordIds: idsOf(matches) });
  return only ?? null;
}

/** Every open customer who has the identifier in a member that is a match key of its kind, each once. */
export async function listByMatchKey(request: Search): Promise<readonly CustomerQueryData[]> {
  const { terms, identifier: { kind, value } } = request;
  const found = new Map<string, CustomerQueryData>();
  for (const { field } of terms.session.settings.matchKeys.filter((key) => key.kind === kind)) {
    const matches = await readMatches({ terms, criterion: { kind, value, path: field }, includesClosed: false });
    for (const stored of matches.filter(isOpen)) found.set(stored.CustomerId ?? "", stored);
  }
  return [...found.values()];
}

/** Whether a record bears anything of a ref of ours: the whole of it, or the part that ids and links hold. */
export function isLinked(request: { terms: CallTerms; stored: CustomerQueryData }): boolean {
  const { terms: { session: { settings } }, stored } = request;
  return readSubjectRef({ settings, stored }) !== null || readLinkMarker({ settings, stored }) !== null;
}

function idsOf(customers: readonly CustomerQueryData[]): readonly string[] {
  return customers.map(({ CustomerId }) => CustomerId ?? "");
}
