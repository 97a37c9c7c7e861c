import type { Volenti } from "@volenti/core";
import type { ConnectorV1 } from "@volenti/core/adapter";
import { refsOf } from "../support/refs-of.ts";
import type { RightsRequest } from "./rights-request.ts";

/**
 * Whether a destination still holds the person of a request under a ref that the request has on record, or under one that they
 * were merged with since. Proofs that name nobody hold nobody. Rejects where a destination cannot be asked.
 */
export async function isStillHeld(request: {
  volenti: Pick<Volenti, "destinations">;
  rightsRequest: Pick<RightsRequest, "subjectRefs">;
}): Promise<boolean> {
  const places = Object.entries(request.rightsRequest.subjectRefs).flatMap(([id, subjectRef]) => {
    const connector = request.volenti.destinations.get(id);
    return connector === undefined ? [] : [{ connector, subjectRef }];
  });
  return (await Promise.all(places.map(holds))).includes(true);
}

async function holds(request: { connector: ConnectorV1; subjectRef: string }): Promise<boolean> {
  const { connector, subjectRef } = request;
  const { custody } = connector;
  const merged = (await custody?.listMergedPeople({ subjectRefs: [subjectRef] })) ?? [];
  const refs = new Set([subjectRef, ...merged.flatMap((person) => refsOf(person))]);
  return (await Promise.all([...refs].map((ref) => holdsRef({ connector, subjectRef: ref })))).includes(true);
}

/** What a ledger has of somebody erased are their proofs, and states made of these: no identifier leads there any more. */
async function holdsRef(request: { connector: ConnectorV1; subjectRef: string }): Promise<boolean> {
  const { connector: { profiles, custody, consent }, subjectRef } = request;
  if ((await profiles.get({ subjectRef })) !== null) return true;
  const left = custody === undefined ? await consent.listStates({ subjectRef }) : await custody.listSuppressions({ subjectRef });
  return left.length > 0;
}
