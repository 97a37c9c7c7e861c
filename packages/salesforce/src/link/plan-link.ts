import type { CustomerLinkV1 } from "@volenti/core/adapter";
import type { Standing } from "./read-standing.ts";

export interface PlannedLink {
  readonly link: CustomerLinkV1;
  readonly verdict: "write" | "unchanged" | "conflict" | "gone";
  /** What is to be done about the Individual: one of this ref is made, the record's own is given the ref, or nothing. */
  readonly individual: "make" | "name" | "none";
  readonly individualId: string | null;
}

/**
 * Decides one link from what stands. A record, or its Individual, that carries another ref is never touched, and neither
 * is one whose ref another carries. `taken` collects what earlier links of the same step have taken.
 */
export function planLink(request: { link: CustomerLinkV1; standing: Standing; taken: Set<string> }): PlannedLink {
  const { link, standing, taken } = request;
  const { customerId, subjectRef } = link;
  const customer = standing.customers.get(customerId);
  const plan = (verdict: PlannedLink["verdict"], individual: PlannedLink["individual"] = "none"): PlannedLink => ({
    link,
    verdict,
    individual,
    individualId: customer?.individualId ?? null,
  });
  if (customer === undefined) return plan("gone");
  if (customer.ref !== null) return plan(isSameRef({ left: customer.ref, right: subjectRef }) ? "unchanged" : "conflict");
  if (standing.customerOf.has(subjectRef.toLowerCase())) return plan("conflict");
  const { individualId, individualRef } = customer;
  const bearer = standing.individualOf.get(subjectRef.toLowerCase());
  if (individualRef !== null && !isSameRef({ left: individualRef, right: subjectRef })) return plan("conflict");
  // Its own Individual cannot be given a ref that another Individual carries, and is not exchanged for that one.
  if (individualId !== null && bearer !== undefined && bearer !== individualId) return plan("conflict");
  const needs = [customerId, subjectRef, ...(individualId === null ? [] : [individualId])];
  if (needs.some((need) => taken.has(need))) return plan("conflict");
  for (const need of needs) taken.add(need);
  if (individualId === null) return plan("write", bearer === undefined ? "make" : "none");
  return plan("write", individualRef === null ? "name" : "none");
}

/** External ids ignore letter case. */
function isSameRef(request: { left: string; right: string }): boolean {
  return request.left.toLowerCase() === request.right.toLowerCase();
}
