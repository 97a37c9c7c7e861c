import type { Volenti } from "@volenti/core";
import { canonicalise, type CustodyFacetV1, type StoredRightsRequestV1 } from "@volenti/core/adapter";
import type { PersonInDestination } from "../../support/find-person.ts";
import type { Place } from "../../support/find-place.ts";
import { isEnded, type RightsRequest } from "../rights-request.ts";
import { isRightsRequest } from "./is-rights-request.ts";

/** A ledger that keeps requests. */
export interface Custodian {
  readonly id: string;
  readonly custody: CustodyFacetV1;
}

export function listCustodians(volenti: Pick<Volenti, "destinations">): readonly Custodian[] {
  return [...volenti.destinations].flatMap(([id, { custody }]) => (custody === undefined ? [] : [{ id, custody }]));
}

/**
 * Which ledger keeps a request: the first that holds the person; else the one of the route that people of that place
 * take; else, since a request without a person names nobody, the first there is. Null where the configuration has none.
 */
export function chooseCustodian(request: {
  volenti: Pick<Volenti, "destinations" | "naming">;
  places: readonly PersonInDestination[];
  place: Place;
}): Custodian | null {
  const { volenti, places, place } = request;
  const custodians = listCustodians(volenti);
  const holds = ({ id }: Custodian): boolean => places.some((candidate) => candidate.id === id && candidate.person.status === "found");
  const ofRoute = ledgerOfRoute({ volenti, country: place.country });
  return custodians.find(holds) ?? custodians.find(({ id }) => id === ofRoute) ?? custodians[0] ?? null;
}

function ledgerOfRoute(request: { volenti: Pick<Volenti, "destinations" | "naming">; country: string | null }): string | null {
  const { volenti, country } = request;
  for (const destinationId of volenti.destinations.keys()) {
    const named = volenti.naming.namedBy({ destinationId, country });
    if (named.kind === "ledger") return named.ledgerId;
  }
  return null;
}

/** Keeps a revision. A save whose answer was lost is made again, and finds itself: that is no conflict. */
export async function saveInLedger(request: {
  volenti: Pick<Volenti, "naming">;
  custodian: Custodian;
  rightsRequest: RightsRequest;
}): Promise<"saved" | "conflict"> {
  const { volenti, custodian, rightsRequest } = request;
  const { revision, requestId } = rightsRequest;
  const stored = toStored({ rightsRequest, subjectRef: rightsRequest.subjectRefs[custodian.id] ?? null });
  const attempt = (): Promise<"saved" | "conflict"> =>
    custodian.custody.saveRightsRequest({ rightsRequest: stored, expectedRevision: revision === 1 ? null : revision - 1 });
  const answer = await volenti.naming.call({ destinationId: custodian.id, operation: "saveRightsRequest", attempt });
  if (answer === "saved") return answer;
  const standing = await custodian.custody.getRightsRequest({ requestId });
  return standing !== null && canonicalise(standing.document) === canonicalise(stored.document) ? "saved" : "conflict";
}

/** Where a request is kept, and how it stands; null where every ledger was asked and none knows it. */
export async function loadFromLedgers(request: {
  volenti: Pick<Volenti, "destinations" | "naming">;
  requestId: string;
}): Promise<{ custodian: Custodian; rightsRequest: RightsRequest } | null> {
  const { volenti, requestId } = request;
  for (const custodian of listCustodians(volenti)) {
    const attempt = (): Promise<StoredRightsRequestV1 | null> => custodian.custody.getRightsRequest({ requestId });
    const stored = await volenti.naming.call({ destinationId: custodian.id, operation: "getRightsRequest", attempt });
    if (stored !== null && isRightsRequest(stored.document)) return { custodian, rightsRequest: stored.document };
  }
  return null;
}

/** Requests of all ledgers, or of one person in one of them, by due date; those without one last. */
export async function listFromLedgers(request: {
  custodians: readonly Custodian[];
  subjectRef?: string | undefined;
  /** Ended ones too. */
  isEverything: boolean;
}): Promise<readonly RightsRequest[]> {
  const { custodians, subjectRef, isEverything } = request;
  const found: RightsRequest[] = [];
  for (const { custody } of custodians) {
    for await (const { document } of custody.listRightsRequests({ subjectRef, isOpen: isEverything ? undefined : true })) {
      if (isRightsRequest(document)) found.push(document);
    }
  }
  const [never, order] = ["9999", (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0)];
  return found.toSorted((left, right) => order(left.dueAt ?? never, right.dueAt ?? never) || order(left.requestId, right.requestId));
}

function toStored(request: { rightsRequest: RightsRequest; subjectRef: string | null }): StoredRightsRequestV1 {
  const { rightsRequest, subjectRef } = request;
  const { requestId, kind, state, dueAt, revision } = rightsRequest;
  return {
    requestId,
    subjectRef,
    kind,
    state,
    isOpen: !isEnded(rightsRequest),
    dueAt: dueAt === null ? null : Date.parse(dueAt),
    revision,
    document: JSON.parse(canonicalise(rightsRequest)),
  };
}
