import type { ErasureLog, Volenti } from "@volenti/core";
import { findPerson, type PersonInDestination } from "../support/find-person.ts";
import { readIdentifier, type PersonRequest } from "../support/person-request.ts";
import type { DestinationErasure, ErasureReport } from "./erasure-report.ts";
import { runErasure } from "./run-erasure.ts";
import { describeErasure } from "./to-erasure-report.ts";

/** Who is to be erased, and when they asked. */
export interface ErasureRequest extends PersonRequest {
  /** Epoch milliseconds: what was collected before stays erased, also when it arrives late. */
  readonly requestedAt: number;
  /** Instead of the configuration's. Without either, a restored backup brings the person back. */
  readonly log?: ErasureLog | undefined;
}

/** Erases a person everywhere: holds first, then copies before ledgers, one failure not stopping the others. */
export async function erasePerson(request: { volenti: Volenti; erasure: ErasureRequest }): Promise<ErasureReport> {
  const { volenti, erasure } = request;
  const { requestedAt, log = volenti.erasureLog } = erasure;
  const identifier = readIdentifier({ volenti, person: erasure, operation: "erase" });
  // Everywhere before anywhere: once a ledger has forgotten the person, nobody knows the ref of the copies.
  const found = await findPerson({ volenti, identifier });
  return runErasure({
    volenti,
    places: found.flatMap(({ id, connector, person }) =>
      person.status === "found" ? [{ id, connector, subjectRefs: [person.subjectRef] }] : [],
    ),
    elsewhere: found.flatMap((place) => (place.person.status === "found" ? [] : [describeElsewhere(place)])),
    reason: "subjectRequest",
    requestedAt,
    identifier,
    log,
  });
}

/** What becomes of a destination where nobody was found. */
export function describeElsewhere({ id, connector, person }: PersonInDestination): DestinationErasure {
  if (person.status === "conflict" || person.status === "unlinked") return describeErasure({ id, connector, status: person.status });
  if (person.status !== "unreachable") return describeErasure({ id, connector, status: "notFound" });
  return describeErasure({ id, connector, status: person.code === "unsupported" ? "unsupported" : "failed", code: person.code });
}
