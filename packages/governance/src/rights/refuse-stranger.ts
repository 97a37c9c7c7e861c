import type { Volenti } from "@volenti/core";
import { failureCode } from "../support/failure-code.ts";
import type { PersonInDestination } from "../support/find-person.ts";
import type { Fulfilment } from "./fulfil/fulfilment.ts";
import { targetOfAbsent, toTarget } from "./fulfil/to-target.ts";
import { isStillHeld } from "./is-still-held.ts";
import { listKnownRefs } from "./list-known-refs.ts";
import { refuseSeveralPeople } from "./refuse-several-people.ts";
import { toProblem } from "./rights-problem.ts";
import type { RightsRequest } from "./rights-request.ts";

/**
 * Why the identifier does not stand for the person of the request; null where it does, or the request knows of none. Where it
 * leads to nobody, it is a wrong one as long as the person is held, and no sign that they are gone.
 */
export async function refuseStranger(request: {
  volenti: Volenti;
  rightsRequest: RightsRequest;
  places: readonly PersonInDestination[];
}): Promise<Fulfilment | null> {
  const { volenti, rightsRequest, places } = request;
  const knownRefs = await listKnownRefs(places);
  const recorded = Object.values(rightsRequest.subjectRefs);
  if (recorded.length === 0 || recorded.some((ref) => knownRefs.has(ref))) return null;
  if (knownRefs.size > 0) return { targets: [], problem: toProblem("otherPerson") };
  const several = refuseSeveralPeople(places);
  if (several !== null) return several;
  const targets = places.map(targetOfAbsent);
  if (targets.some(({ state }) => state !== "done")) return { targets };
  try {
    if (await isStillHeld({ volenti, rightsRequest })) return { targets: [], problem: toProblem("otherPerson") };
  } catch (error) {
    const reason = failureCode(error);
    return { targets: Object.keys(rightsRequest.subjectRefs).map((system) => toTarget({ system, state: "waiting", outcome: "unreachable", reason })) };
  }
  // Gone everywhere: an earlier run of an erasure may have done it, if it was known who asks.
  return rightsRequest.kind === "erase" && rightsRequest.verification !== null ? null : { targets, denied: "no_match" };
}
