import { ConnectorError, type Volenti } from "@volenti/core";
import type { ConnectorV1, ListedCustomerV1, ListedPersonV1 } from "@volenti/core/adapter";
import { readStatesOf } from "./read-states-of.ts";

const PEOPLE_A_PAGE = 200;

/**
 * Everybody whom a system holds under a ref of ours, out of the customers that it lists, for systems that know no better
 * way: a listing, the states in pages, and a call a profile. Whether somebody is a test person such a system does not say.
 * Streams a page at a time, in the system's order; rejects where it breaks off.
 */
export async function* listLinkedPeople(request: {
  volenti: Volenti;
  destinationId: string;
  signal: AbortSignal | undefined;
}): AsyncGenerator<ListedPersonV1, void, undefined> {
  const { volenti, destinationId, signal } = request;
  const linking = volenti.destinations.get(destinationId)?.linking;
  if (linking === undefined) throw new ConnectorError({ code: "unsupported", connectorId: "governance", operation: "listPeople" });
  let page: LinkedCustomer[] = [];
  for await (const customer of linking.listCustomers({ cursor: null, ...(signal === undefined ? {} : { signal }) })) {
    const { subjectRef } = customer;
    if (subjectRef === null) continue;
    page.push({ ...customer, subjectRef });
    if (page.length < PEOPLE_A_PAGE) continue;
    yield* await readPeople({ ...request, page });
    page = [];
  }
  if (page.length > 0) yield* await readPeople({ ...request, page });
}

type LinkedCustomer = ListedCustomerV1 & { readonly subjectRef: string };

async function readPeople(request: {
  volenti: Volenti;
  destinationId: string;
  signal: AbortSignal | undefined;
  page: readonly LinkedCustomer[];
}): Promise<readonly ListedPersonV1[]> {
  const { volenti, destinationId, signal, page } = request;
  const states = await readStatesOf({ volenti, destinationId, signal, subjectRefs: page.map(({ subjectRef }) => subjectRef) });
  return Promise.all(
    page.map(async ({ subjectRef, country }): Promise<ListedPersonV1> => {
      const attempt = ({ profiles }: ConnectorV1): ReturnType<typeof profiles.get> => profiles.get({ subjectRef });
      const profile = await volenti.naming.call({ destinationId, operation: "listPeople", attempt, signal });
      return {
        subjectRef,
        merged: [],
        country: country === null ? null : volenti.naming.readCountry(country),
        ageBand: "unknown",
        test: false,
        heldSince: null,
        states: states.get(subjectRef) ?? [],
        attributes: Object.fromEntries(Object.entries(profile?.attributes ?? {}).map(([name, { changedAt }]) => [name, changedAt])),
      };
    }),
  );
}
