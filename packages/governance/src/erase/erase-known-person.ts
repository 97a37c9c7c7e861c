import type { ErasureLog, Volenti } from "@volenti/core";
import { findByAnyRef, type PersonInDestination } from "../support/find-person.ts";
import { describeElsewhere } from "./erase-person.ts";
import type { ErasureReport } from "./erasure-report.ts";
import { runErasure } from "./run-erasure.ts";

/**
 * Erases somebody who asked, by refs alone. Where none is on record (the destination may have been down then), the person is
 * looked for by those of the others: a copy of which only they know the ref must not be left behind.
 */
export async function eraseKnownPerson(request: {
  volenti: Volenti;
  /** By destination; at least one. */
  subjectRefs: Readonly<Record<string, string>>;
  /** Epoch milliseconds. */
  requestedAt: number;
  /** Instead of the configuration's. */
  log: ErasureLog | undefined;
}): Promise<ErasureReport> {
  const { volenti, subjectRefs, requestedAt, log = volenti.erasureLog } = request;
  const refs = [...new Set(Object.values(subjectRefs))];
  const found = await Promise.all(
    [...volenti.destinations].map(async ([id, connector]): Promise<PersonInDestination> => {
      const subjectRef = subjectRefs[id];
      return { id, connector, person: subjectRef === undefined ? await findByAnyRef({ connector, refs }) : { status: "found", subjectRef } };
    }),
  );
  return runErasure({
    volenti,
    places: found.flatMap(({ id, connector, person }) => (person.status === "found" ? [{ id, connector, subjectRefs: [person.subjectRef] }] : [])),
    elsewhere: found.flatMap((place) => (place.person.status === "found" ? [] : [describeElsewhere(place)])),
    reason: "subjectRequest",
    requestedAt,
    identifier: null,
    log,
  });
}
