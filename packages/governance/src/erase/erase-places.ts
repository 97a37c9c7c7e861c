import type { Volenti } from "@volenti/core";
import type { ErasureReason, HoldV1 } from "@volenti/core/adapter";
import { failureCode } from "../support/failure-code.ts";
import { describeAttributeHolds, describeKeptLinks } from "./describe-holds.ts";
import type { DestinationErasure, ErasureRecord } from "./erasure-report.ts";
import { orderErasure } from "./erasure-order.ts";
import { maskPerson } from "./mask-person.ts";
import type { PersonPlace } from "./person-place.ts";
import { describeAnswer, describeErasure, isDone } from "./to-erasure-report.ts";

export interface PlacesErasure {
  readonly volenti: Volenti;
  readonly places: readonly PersonPlace[];
  readonly reason: ErasureReason;
  /** Epoch milliseconds. */
  readonly requestedAt: number;
  readonly country: string | null;
  /** Holds of some attributes: then all others are masked, and nothing is erased. */
  readonly holds: readonly HoldV1[];
  /** Whether a copy remains elsewhere that may be erased one day: then nothing that waits is erased. */
  readonly copiesRemain: boolean;
}

/** Erases or masks a person in the order of `orderErasure`; one failure stops nobody who does not wait for it. Never rejects. */
export async function erasePlaces(request: PlacesErasure): Promise<readonly DestinationErasure[]> {
  const erasures: DestinationErasure[] = [];
  let { copiesRemain } = request;
  for (const { places, waits } of orderErasure(request)) {
    const isHeldBack = waits && copiesRemain;
    const done = await Promise.all(
      places.map(async (place) => {
        const mustWait = isHeldBack && place.connector.erasure !== undefined;
        return mustWait ? describeErasure({ ...place, status: "notAttempted", code: "copiesRemain" }) : settle({ ...request, place });
      }),
    );
    erasures.push(...done);
    // What is unsupported stays so however often it is tried, and must not keep the ledger for ever.
    copiesRemain ||= done.some((erasure) => !isDone(erasure) && erasure.status !== "unsupported");
  }
  return erasures;
}

type PlaceErasure = PlacesErasure & { readonly place: PersonPlace };

async function settle(request: PlaceErasure): Promise<DestinationErasure> {
  const { place, holds } = request;
  try {
    return await (holds.length === 0 ? eraseIn(request) : maskIn(request));
  } catch (error) {
    return describeErasure({ ...place, status: "failed", code: failureCode(error) });
  }
}

async function eraseIn({ place, reason, requestedAt }: PlaceErasure): Promise<DestinationErasure> {
  const { erasure } = place.connector;
  if (erasure === undefined) return describeErasure({ ...place, status: "unsupported" });
  const answers = [];
  for (const subjectRef of place.subjectRefs) answers.push(await erasure.erase({ subjectRef, reason, requestedAt }));
  return describeAnswer({ ...place, records: answers.flat() });
}

async function maskIn({ volenti, place, holds, requestedAt, country }: PlaceErasure): Promise<DestinationErasure> {
  const { connector, subjectRefs, suppressions } = place;
  const keep = holds.flatMap(({ scope }) => scope);
  const records: ErasureRecord[] = [];
  for (const subjectRef of subjectRefs) {
    const { masked, kept } = await maskPerson({ volenti, connector, subjectRef, mask: { keep, until: volenti.clock.now(), country } });
    if (masked > 0) records.push({ kind: "profile", outcome: "masked", count: masked });
    records.push(...describeAttributeHolds({ holds, attributes: kept }));
  }
  // They lead to the person still; what is older than the request, and every import, is turned away all the same.
  await connector.custody?.suppress({ suppressions, since: requestedAt });
  records.push(...describeKeptLinks({ holds, count: suppressions.length }));
  return describeErasure({ ...place, status: records.length === 0 ? "notFound" : "masked", records });
}
