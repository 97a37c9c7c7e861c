import type { PersonInDestination } from "../support/find-person.ts";
import type { Fulfilment } from "./fulfil/fulfilment.ts";
import { targetOfAbsent } from "./fulfil/to-target.ts";
import { toProblem } from "./rights-problem.ts";

/** Where several people match in some destination nobody is picked; null where nowhere more than one does. */
export function refuseSeveralPeople(places: readonly PersonInDestination[]): Fulfilment | null {
  const ambiguous = places.filter(({ person }) => person.status === "conflict");
  return ambiguous.length === 0 ? null : { targets: ambiguous.map(targetOfAbsent), problem: toProblem("severalPeople") };
}
