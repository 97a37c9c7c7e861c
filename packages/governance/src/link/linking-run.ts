import { ConnectorError, type NamedBy, type Volenti } from "@volenti/core";
import { canonicalise, toUtf8, type Identifier, type LinkingFacetV1, type ListedCustomerV1 } from "@volenti/core/adapter";
import { toDigest, type Digest } from "./digest-table.ts";
import type { LinkingRequest } from "./linking-report.ts";

/** What both passes over a system's customers are given. */
export interface LinkingRun {
  readonly volenti: Volenti;
  readonly request: LinkingRequest;
  readonly linking: LinkingFacetV1;
}

/** A customer as a submission would have brought it. */
export interface ReadCustomer {
  readonly customer: ListedCustomerV1;
  readonly identifiers: readonly Identifier[];
  readonly country: string | null;
  readonly namedBy: NamedBy;
  /** Of the record's id. */
  readonly digest: Digest;
}

/** A customer, and the ref that a submission of theirs would be given. */
export interface NamedCustomer {
  readonly customer: ReadCustomer;
  readonly ref: string;
}

/** Customers of one step: as many as a ledger is asked about, and a system is told of, at once. */
export const CUSTOMERS_A_STEP = 200;

/** The customers in steps. Ends early where the signal is aborted; rejects where the list breaks. */
export async function* listInSteps(run: LinkingRun): AsyncGenerator<readonly ReadCustomer[], void, undefined> {
  const { linking, request } = run;
  const { signal } = request;
  let step: ListedCustomerV1[] = [];
  for await (const customer of linking.listCustomers({ cursor: null, ...(signal === undefined ? {} : { signal }) })) {
    step.push(customer);
    if (step.length < CUSTOMERS_A_STEP) continue;
    yield await readCustomers({ run, customers: step });
    if (signal?.aborted === true) return;
    step = [];
  }
  if (step.length > 0) yield await readCustomers({ run, customers: step });
}

async function readCustomers(request: { run: LinkingRun; customers: readonly ListedCustomerV1[] }): Promise<readonly ReadCustomer[]> {
  const { run, customers } = request;
  const { naming } = run.volenti;
  const { destinationId, country: otherwise = null } = run.request;
  const digests = await digestKeys({ run, keys: customers.map(({ customerId }) => ["customer", customerId]) });
  return customers.map((customer, index) => {
    const country = (customer.country === null ? null : naming.readCountry(customer.country)) ?? otherwise;
    const namedBy = naming.namedBy({ destinationId, country });
    return { customer, identifiers: naming.arrange(customer.values), country, namedBy, digest: digestAt({ digests, index }) };
  });
}

/** What a customer lays claim to with its identifiers: with a ledger each of them leads to it, without one none does. */
export function identifierKeys({ namedBy, identifiers }: ReadCustomer): readonly (readonly string[])[] {
  if (namedBy.kind !== "ledger") return [];
  return identifiers.map(({ kind, value }) => ["identifier", namedBy.ledgerId, kind, value]);
}

export function refKey(ref: string): readonly string[] {
  return ["ref", ref];
}

/** Digests of keys, one call for them all, in their order. */
export async function digestKeys(request: { run: LinkingRun; keys: readonly (readonly string[])[] }): Promise<readonly Digest[]> {
  const { run, keys } = request;
  if (keys.length === 0) return [];
  const hashes = await run.volenti.crypto.sha256(keys.map((key) => toUtf8(canonicalise([...key]))));
  return hashes.map(toDigest);
}

/** Digests of the keys of several customers, one call for them all; a list each. */
export async function digestLists(request: {
  run: LinkingRun;
  lists: readonly (readonly (readonly string[])[])[];
}): Promise<readonly (readonly Digest[])[]> {
  const { run, lists } = request;
  const digests = await digestKeys({ run, keys: lists.flat() });
  let offset = 0;
  return lists.map((list) => digests.slice(offset, (offset += list.length)));
}

export function digestAt(request: { digests: readonly Digest[]; index: number }): Digest {
  const digest = request.digests[request.index];
  if (digest === undefined) throw new ConnectorError({ code: "malformedResponse", connectorId: "governance", operation: "link" });
  return digest;
}
