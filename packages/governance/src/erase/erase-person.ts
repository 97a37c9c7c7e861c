import type { Volenti } from "@volenti/core";
import { failureCode } from "../support/failure-code.ts";
import { findPerson, type PersonInDestination } from "../support/find-person.ts";
import { readIdentifier, type PersonRequest } from "../support/person-request.ts";
import { isLedger } from "./is-ledger.ts";
import type { DestinationErasure, ErasureReport } from "./erasure-report.ts";
import { describeAnswer, describeErasure, isDone, toErasureReport } from "./to-erasure-report.ts";

/** Who is to be erased, and when they asked. */
export interface ErasureRequest extends PersonRequest {
  /** Epoch milliseconds: what was collected before stays erased, also when it arrives late. */
  readonly requestedAt: number;
}

/** Erases a person everywhere: copies first, one failure not stopping the others, ledgers when no copy is left. */
export async function erasePerson(request: { volenti: Volenti; erasure: ErasureRequest }): Promise<ErasureReport> {
  const { volenti, erasure } = request;
  const { requestedAt } = erasure;
  const identifier = readIdentifier({ volenti, person: erasure, operation: "erase" });
  // Everywhere before anywhere: once a ledger has forgotten the person, nobody knows the ref of the copies.
  const places = await findPerson({ volenti, identifier });
  const [ledgers, copies] = [places.filter(isLedger), places.filter((place) => !isLedger(place))];
  const erasures = await Promise.all(copies.map((place) => eraseIn({ place, requestedAt })));
  // What is unsupported stays so however often it is tried, and must not keep the ledger for ever.
  const copiesRemain = erasures.some((done) => !isDone(done) && done.status !== "unsupported");
  for (const place of ledgers) {
    erasures.push(copiesRemain && canErase(place) ? holdBack(place) : await eraseIn({ place, requestedAt }));
  }
  return toErasureReport({ volenti, erasures });
}

function canErase({ connector, person }: PersonInDestination): boolean {
  return person.status === "found" && connector.erasure !== undefined;
}

function holdBack({ id, connector }: PersonInDestination): DestinationErasure {
  return describeErasure({ id, connector, status: "notAttempted", code: "copiesRemain" });
}

async function eraseIn(request: { place: PersonInDestination; requestedAt: number }): Promise<DestinationErasure> {
  const { requestedAt } = request;
  const { id, connector, person } = request.place;
  if (person.status === "unreachable") {
    const status = person.code === "unsupported" ? "unsupported" : "failed";
    return describeErasure({ id, connector, status, code: person.code });
  }
  if (person.status !== "found") return describeErasure({ id, connector, status: person.status });
  if (connector.erasure === undefined) return describeErasure({ id, connector, status: "unsupported" });
  try {
    const { subjectRef } = person;
    const records = await connector.erasure.erase({ subjectRef, reason: "subjectRequest", requestedAt });
    return describeAnswer({ id, connector, records });
  } catch (error) {
    return describeErasure({ id, connector, status: "failed", code: failureCode(error) });
  }
}
