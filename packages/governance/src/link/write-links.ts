import type { CustomerLinkV1, LedgerAnswerV1, LinkOutcomeV1 } from "@volenti/core/adapter";
import type { Claims } from "./claims.ts";
import { keepLinked } from "./keep-linked.ts";
import { digestKeys, digestLists, identifierKeys, listInSteps, refKey, type LinkingRun, type NamedCustomer, type ReadCustomer } from "./linking-run.ts";
import { sendLinks } from "./send-links.ts";
import type { LinkTally } from "./tally.ts";

interface Pass {
  readonly run: LinkingRun;
  readonly claims: Claims;
  readonly tally: LinkTally;
}

/**
 * The second pass: tells of those who are there twice, and (with `apply`) has the ledgers name the others and links
 * them, a step at a time. What is linked already is passed over, so that an interrupted run is simply run again.
 * Rejects where the system, or a ledger, gave up; the tally says what was done until then.
 */
export async function writeLinks(pass: Pass): Promise<void> {
  const { run } = pass;
  let customers = 0;
  for await (const step of listInSteps(run)) {
    const free = await selectFree({ pass, step: step.filter(({ customer }) => customer.subjectRef === null) });
    if (run.request.apply && free.length > 0) await linkStep({ pass, free });
    customers += step.length;
    run.request.onProgress?.({ phase: "linking", customers });
  }
}

/** Those whom nobody else lays claim to; of the others it is told. Who has changed since the first pass waits for the next run. */
async function selectFree(request: { pass: Pass; step: readonly ReadCustomer[] }): Promise<readonly ReadCustomer[]> {
  const { pass, step } = request;
  const { claims, tally, run } = pass;
  const named = step.filter(({ namedBy, identifiers }) => identifiers.length > 0 && (namedBy.kind === "ledger" || namedBy.kind === "digest"));
  const lists = await digestLists({ run, lists: named.map(identifierKeys) });
  return named.filter(({ digest, customer }, index) => {
    const reason = claims.reasonOf(digest);
    if (reason !== null) tally.tell({ customerId: customer.customerId, reason });
    return reason === null && claims.holds({ customer: digest, keys: lists[index] ?? [] });
  });
}

async function linkStep(request: { pass: Pass; free: readonly ReadCustomer[] }): Promise<void> {
  const { pass, free } = request;
  const { run, tally } = pass;
  const named = await dropTaken({ pass, named: [...(await nameByDigest({ pass, free })), ...(await nameByLedgers({ pass, free }))] });
  if (named.length === 0) return;
  const links = named.map(({ customer, ref }): CustomerLinkV1 => ({ customerId: customer.customer.customerId, subjectRef: ref }));
  const { outcomes, failure } = await sendLinks({ run, links });
  for (const { customerId } of links) {
    const outcome = outcomes.get(customerId);
    // Where the system gave up, what it did not answer is left to the next run.
    if (outcome !== undefined || failure === null) countOutcome({ tally, customerId, outcome });
  }
  await keepLinked({ run, named, outcomes });
  if (failure !== null) throw failure;
}

function countOutcome(request: { tally: LinkTally; customerId: string; outcome: LinkOutcomeV1 | undefined }): void {
  const { tally, customerId, outcome } = request;
  tally.addToBeLinked(-1);
  if (outcome === undefined) tally.find({ customerId, reason: "failed", code: "malformedResponse" });
  else if (outcome.status === "failed") tally.find({ customerId, reason: "failed", code: outcome.error.providerCode ?? outcome.error.code });
  else if (outcome.status === "conflict") tally.find({ customerId, reason: "refTaken" });
  else tally.add(outcome.status === "linked" ? "linked" : "alreadyLinked");
}

async function nameByDigest(request: { pass: Pass; free: readonly ReadCustomer[] }): Promise<readonly NamedCustomer[]> {
  const people = request.free.filter(({ namedBy }) => namedBy.kind === "digest");
  if (people.length === 0) return [];
  const refs = await request.pass.run.volenti.naming.refsWithoutLedger(people.map(({ identifiers }) => identifiers));
  return people.map((customer, index) => ({ customer, ref: refs[index] ?? "" }));
}

async function nameByLedgers(request: { pass: Pass; free: readonly ReadCustomer[] }): Promise<readonly NamedCustomer[]> {
  const { pass, free } = request;
  const { naming } = pass.run.volenti;
  const byLedger = Map.groupBy(free, ({ namedBy }) => (namedBy.kind === "ledger" ? namedBy.ledgerId : ""));
  const named: NamedCustomer[] = [];
  for (const [ledgerId, people] of byLedger) {
    if (ledgerId === "") continue;
    const answers = await naming.consult({ ledgerId, people, signal: pass.run.request.signal });
    for (const [index, customer] of people.entries()) {
      const answer = answers[index];
      if (answer !== undefined && isNamed({ pass, customer, answer })) named.push({ customer, ref: answer.ref });
    }
  }
  return named;
}

/** Whether the ledger named one person. Who was erased is not brought back by a record that was left behind. */
function isNamed(request: { pass: Pass; customer: ReadCustomer; answer: LedgerAnswerV1 }): boolean {
  const { pass, customer, answer } = request;
  const { customerId } = customer.customer;
  const isErased = answer.suppressedSince !== null && !answer.known;
  if (!isErased && answer.identifiersElsewhere.length === 0) return true;
  pass.tally.addToBeLinked(-1);
  pass.tally.find({ customerId, reason: isErased ? "erased" : "severalPeople" });
  return false;
}

/** A ledger that learnt something since the first pass may name two customers by one ref. */
async function dropTaken(request: { pass: Pass; named: readonly NamedCustomer[] }): Promise<readonly NamedCustomer[]> {
  const { pass, named } = request;
  const { claims, tally, run } = pass;
  const keys = await digestKeys({ run, keys: named.map(({ ref }) => refKey(ref)) });
  return named.filter(({ customer }, index) => {
    const key = keys[index];
    if (key === undefined) return false;
    if (!claims.isElsewhere({ customer: customer.digest, key })) {
      claims.claim({ customer: customer.digest, keys: [key] });
      return true;
    }
    tally.addToBeLinked(-1);
    tally.find({ customerId: customer.customer.customerId, reason: "duplicate" });
    return false;
  });
}
