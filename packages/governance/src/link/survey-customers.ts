import { createClaims, type Claims } from "./claims.ts";
import { digestLists, identifierKeys, listInSteps, refKey, type LinkingRun } from "./linking-run.ts";
import { resolveCustomers, type ResolvedCustomer } from "./resolve-customers.ts";
import type { LinkTally } from "./tally.ts";

/**
 * The first pass: looks at every customer and changes nothing. Only then is it known who is there twice. Answers who
 * lays claim to what. Rejects where the system, or a ledger, could not be read to the end.
 */
export async function surveyCustomers(request: { run: LinkingRun; tally: LinkTally }): Promise<Claims> {
  const { run, tally } = request;
  const claims = createClaims();
  let candidates = 0;
  let customers = 0;
  for await (const step of listInSteps(run)) {
    const resolved = await resolveCustomers({ run, customers: step });
    const lists = await digestLists({ run, lists: resolved.map(claimedKeys) });
    for (const [index, customer] of resolved.entries()) {
      const { verdict, digest } = customer;
      const keys = lists[index] ?? [];
      if (verdict.kind === "severalPeople") claims.block({ customer: digest, reason: "severalPeople" });
      if (customer.customer.subjectRef !== null) claims.claimLinked(keys);
      else claims.claim({ customer: digest, keys });
      if (verdict.kind === "toBeLinked" || verdict.kind === "severalPeople") candidates += 1;
      else if (verdict.kind === "alreadyLinked") tally.add("alreadyLinked");
      else tally.find({ customerId: customer.customer.customerId, reason: verdict.reason });
    }
    customers += step.length;
    run.request.onProgress?.({ phase: "matching", customers });
  }
  const [duplicate, severalPeople] = [claims.countOf("duplicate"), claims.countOf("severalPeople")];
  tally.count({ reason: "duplicate", count: duplicate });
  tally.count({ reason: "severalPeople", count: severalPeople });
  tally.addToBeLinked(candidates - duplicate - severalPeople);
  return claims;
}

/** Of a customer whom nobody can name there is nothing to claim. */
function claimedKeys(customer: ResolvedCustomer): readonly (readonly string[])[] {
  const { verdict, refs } = customer;
  const { subjectRef } = customer.customer;
  if (subjectRef !== null) return [refKey(subjectRef), ...identifierKeys(customer)];
  if (verdict.kind === "finding") return [];
  // Without a ledger the first identifier alone makes the ref.
  const named = customer.namedBy.kind === "ledger" ? refs : refs.slice(0, 1);
  return [...named.map(refKey), ...identifierKeys(customer)];
}
