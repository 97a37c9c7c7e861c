import type { Volenti } from "@volenti/core";
import { toUuid, type CustodyFacetV1 } from "@volenti/core/adapter";
import { failureCode } from "../../support/failure-code.ts";
import { findPerson, type PersonInDestination } from "../../support/find-person.ts";
import { isUuid } from "../../support/is-uuid.ts";
import { readIdentifier, type PersonRequest } from "../../support/person-request.ts";
import type { HoldSetting, HoldsOfDestination, HoldsReport } from "./holds-report.ts";

/** Why a person, or some of their attributes, may not be erased yet: kept by every ledger that knows them. */
export interface Holds {
  /** Every hold of the person, by ledger. Writes nothing. Rejects with `invalidInput` where the identifier is none. */
  list(request: PersonRequest): Promise<HoldsReport>;
  /** Where several people match anywhere, none is held. A ledger that was not reached is told: run it again with `holdId`. */
  set(request: PersonRequest & HoldSetting & { readonly holdId?: string | undefined }): Promise<HoldsReport & { readonly holdId: string }>;
  /** `unknownHold` where every ledger was asked and none has such a hold of the person. */
  lift(request: PersonRequest & { readonly holdId: string }): Promise<HoldsReport>;
}

type Act = (parts: { custody: CustodyFacetV1; subjectRef: string }) => Promise<void>;

export function createHolds(volenti: Volenti): Holds {
  return {
    list: (person) => visit({ volenti, person, act: async () => {} }),
    set: async ({ identifier, holdId = toUuid(volenti.crypto.randomBytes(16)), law, reason, until, scope }) => {
      const hold = { holdId, scope, law, reason, until, setAt: volenti.clock.now() };
      const report = await visit({ volenti, person: { identifier }, act: ({ custody, subjectRef }) => custody.setHold({ subjectRef, hold }) });
      return { ...report, holdId };
    },
    lift: async ({ identifier, holdId }) => {
      const liftedAt = volenti.clock.now();
      let isKnown = false;
      const report = await visit({
        volenti,
        person: { identifier },
        act: async ({ custody, subjectRef }) => {
          const isLifted = isUuid(holdId) && (await custody.liftHold({ subjectRef, holdId: holdId.toLowerCase(), liftedAt }));
          isKnown ||= isLifted;
        },
      });
      const isSure = report.problem === null && report.destinations.every(({ status }) => status !== "unreachable");
      return isSure && !isKnown ? { ...report, problem: "unknownHold" } : report;
    },
  };
}

async function visit(request: { volenti: Volenti; person: PersonRequest; act: Act }): Promise<HoldsReport> {
  const { volenti, person, act } = request;
  const identifier = readIdentifier({ volenti, person, operation: "hold" });
  const places = await findPerson({ volenti, identifier });
  if (places.some((place) => place.person.status === "conflict")) {
    return { destinations: places.map((place) => toRow({ place })), problem: "severalPeople" };
  }
  const destinations = await Promise.all(places.map((place) => visitOne({ volenti, place, act })));
  const isAnywhere = destinations.some(({ status }) => status === "kept" || status === "unreachable");
  return { destinations, problem: isAnywhere ? null : "noLedger" };
}

async function visitOne(request: { volenti: Volenti; place: PersonInDestination; act: Act }): Promise<HoldsOfDestination> {
  const { volenti, place, act } = request;
  const { person, connector, id } = place;
  const { custody } = connector;
  if (custody === undefined || person.status !== "found") return toRow({ place });
  const { subjectRef } = person;
  try {
    const holds = await volenti.naming.call({
      destinationId: id,
      operation: "hold",
      attempt: async () => {
        await act({ custody, subjectRef });
        return custody.listHolds({ subjectRef });
      },
    });
    return { id, status: "kept", code: null, holds };
  } catch (error) {
    return { id, status: "unreachable", code: failureCode(error), holds: [] };
  }
}

function toRow(request: { place: PersonInDestination }): HoldsOfDestination {
  const { id, connector, person } = request.place;
  if (connector.custody === undefined) return { id, status: "unsupported", code: null, holds: [] };
  if (person.status === "unreachable") return { id, status: "unreachable", code: person.code, holds: [] };
  return { id, status: person.status === "conflict" ? "conflict" : "notFound", code: null, holds: [] };
}
