import type { Volenti } from "@volenti/core";
import { failureCode } from "../../support/failure-code.ts";
import type { PersonInDestination } from "../../support/find-person.ts";
import type { RightsTarget } from "../rights-request.ts";
import type { Fulfilment, FulfilmentRequest } from "./fulfilment.ts";
import { targetOfAbsent, toTarget } from "./to-target.ts";

/**
 * Restricts processing (GDPR art. 18) in every ledger that holds the person, or ends that: what they give from then on is
 * kept from being used. A system without a ledger has no such mark; there a human has to see to it.
 */
export async function restrict(request: FulfilmentRequest): Promise<Fulfilment> {
  const { volenti, places, rightsRequest } = request;
  const { isLifted, receivedAt, requestId } = rightsRequest;
  const restriction = isLifted ? null : { since: Date.parse(receivedAt), reason: `request ${requestId}` };
  return { targets: await Promise.all(places.map((place) => restrictIn({ volenti, place, restriction }))) };
}

async function restrictIn(request: {
  volenti: Volenti;
  place: PersonInDestination;
  restriction: { since: number; reason: string } | null;
}): Promise<RightsTarget> {
  const { volenti, place, restriction } = request;
  const { id: system, person } = place;
  if (person.status !== "found") return targetOfAbsent(place);
  const { subjectRef } = person;
  const { custody } = place.connector;
  if (custody === undefined) return toTarget({ system, state: "needsHuman", outcome: "unsupported", reason: "noRestrictions" });
  try {
    const attempt = (): Promise<void> => custody.setRestriction({ subjectRef, restriction });
    await volenti.naming.call({ destinationId: system, operation: "setRestriction", attempt });
    return toTarget({ system, state: "done", outcome: restriction === null ? "lifted" : "restricted" });
  } catch (error) {
    return toTarget({ system, state: "waiting", outcome: "unreachable", reason: failureCode(error) });
  }
}
