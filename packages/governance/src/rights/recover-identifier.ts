import type { Volenti } from "@volenti/core";
import type { Identifier } from "@volenti/core/adapter";
import { failureCode } from "../support/failure-code.ts";
import { listIdentifiers } from "./fulfil/list-identifiers.ts";
import type { RightsRequest } from "./rights-request.ts";

/**
 * An identifier of the person whom a request is about, out of what the destinations hold, for use in flight: the request
 * keeps none. Null where none of them names that very person. Reads profiles: not before it is known who asks.
 */
export async function recoverIdentifier(request: { volenti: Volenti; rightsRequest: RightsRequest }): Promise<Identifier | null> {
  const { volenti, rightsRequest } = request;
  const places = Object.entries(rightsRequest.subjectRefs).flatMap(([id, subjectRef]) => {
    const connector = volenti.destinations.get(id);
    return connector === undefined ? [] : [{ id, connector, person: { status: "found", subjectRef } as const }];
  });
  for (const identifier of volenti.naming.arrange(await listIdentifiers({ places }))) {
    for (const { id, person } of places) {
      if ((await findOne({ volenti, destinationId: id, identifier })) === person.subjectRef) return identifier;
    }
  }
  return null;
}

/** What names several people, or somebody who is not linked, names nobody in particular. */
async function findOne(request: { volenti: Volenti; destinationId: string; identifier: Identifier }): Promise<string | null> {
  const { volenti, ...rest } = request;
  try {
    return await volenti.findSubject(rest);
  } catch (error) {
    if (["conflict", "unlinked"].includes(failureCode(error))) return null;
    throw error;
  }
}
