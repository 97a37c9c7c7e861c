import type { ErasureLog, Volenti } from "@volenti/core";
import type { Identifier } from "@volenti/core/adapter";
import { findErasedRefs } from "../erase/find-erased-refs.ts";
import type { PersonInDestination } from "../support/find-person.ts";
import type { KeptRequest } from "./keep/kept-request.ts";
import { listCustodians, listFromLedgers } from "./keep/ledger-keeper.ts";

/**
 * The open request of an erasure that went through and was cut off before that was written down: its person is found nowhere any
 * more, and the erasure log alone knows by which refs they were held. Null where there is none; without a log that can be read
 * nobody is recognised, and such a request is finished by its id.
 */
export async function findCutOffErasure(request: {
  volenti: Volenti;
  identifier: Identifier;
  places: readonly PersonInDestination[];
  log: ErasureLog | null;
}): Promise<KeptRequest | null> {
  const { volenti, identifier, places, log } = request;
  if (log === null || places.some(({ person }) => person.status !== "notFound")) return null;
  const open: KeptRequest[] = [];
  for (const custodian of listCustodians(volenti)) {
    for (const rightsRequest of await listFromLedgers({ custodians: [custodian], isEverything: false })) {
      if (rightsRequest.kind === "erase" && rightsRequest.verification !== null) open.push({ rightsRequest, custodian });
    }
  }
  if (open.length === 0) return null;
  const erased = await findErasedRefs({ volenti, identifier, log }).catch((): ReadonlySet<string> => new Set());
  return open.find(({ rightsRequest }) => Object.values(rightsRequest.subjectRefs).some((ref) => erased.has(ref))) ?? null;
}
