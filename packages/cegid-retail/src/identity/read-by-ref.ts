import { toCustomerId } from "../mapping/customer-id.ts";
import { readSubjectRef } from "../mapping/subject-ref.ts";
import type { CustomerQueryData } from "../soap/data-contract.ts";
import { failCall, type CallTerms } from "./call-terms.ts";
import { toLinkCriterion } from "./link-criterion.ts";
import { readMatches } from "./read-matches.ts";
import { isOpen } from "./is-open.ts";
import { readOwn } from "./read-own.ts";

/**
 * The customer of a ref: of our own id, else the one who carries the link. Null where the folder was reached and has none; a
 * customer who was closed, or merged into another, is none. Several who carry one link are a `conflict`.
 */
export async function readByRef(request: { terms: CallTerms; ref: string }): Promise<CustomerQueryData | null> {
  const { terms, ref } = request;
  const { settings } = terms.session;
  const customerId = toCustomerId(ref);
  if (customerId === null) return null;
  const own = settings.customerIdStrategy === "deterministic" ? await readOwn({ terms, customerId }) : null;
  if (own !== null) ensureOwn({ terms, stored: own, ref });
  if (own !== null && isOpen(own)) return own;
  const criterion = toLinkCriterion({ settings, ref });
  const linked = criterion === null ? [] : await readMatches({ terms, criterion, includesClosed: true });
  const [only, ...others] = linked.filter(isOpen);
  if (others.length > 0) throw failCall({ terms, code: "conflict", providerCode: "severalCustomers", recordIds: linked.filter(isOpen).map(({ CustomerId }) => CustomerId ?? "") });
  return only ?? null;
}

/** Two refs may begin alike: once in 10^23 pairs, and where the whole ref is stored it shows. */
export function ensureOwn(request: { terms: CallTerms; stored: CustomerQueryData; ref: string }): void {
  const { terms, stored, ref } = request;
  const held = readSubjectRef({ settings: terms.session.settings, stored });
  if (held !== null && held !== ref) throw failCall({ terms, code: "conflict", providerCode: "idOfAnother" });
}
