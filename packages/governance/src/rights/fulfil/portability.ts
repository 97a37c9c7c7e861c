import { exportPerson } from "../../export/export-person.ts";
import type { RightsTarget } from "../rights-request.ts";
import type { Fulfilment, FulfilmentRequest } from "./fulfilment.ts";
import { targetOfAbsent, toTarget } from "./to-target.ts";

/** What the person takes along (GDPR art. 20): all of it, or nothing while a destination could not be read. */
export async function portability(request: FulfilmentRequest): Promise<Fulfilment> {
  const { volenti, identifier, places, actor, rightsRequest } = request;
  const viewer = { actor, reason: `request ${rightsRequest.requestId}` };
  const { document, destinations } = await exportPerson({ volenti, person: { identifier }, viewer, isVerified: true });
  const read = new Map(destinations.map((destination) => [destination.id, destination]));
  const targets = places.map((place): RightsTarget => {
    const { status, code = null } = read.get(place.id) ?? { status: "notFound" };
    if (status === "unreachable") return targetOfAbsent({ ...place, person: { status, code: code ?? "unavailable" } });
    if (status === "conflict" || status === "unlinked") return targetOfAbsent({ ...place, person: { status } });
    return toTarget({ system: place.id, state: "done", outcome: status === "found" ? "read" : "notHeld" });
  });
  return document === null ? { targets } : { targets, exported: document };
}
