import type { Volenti } from "@volenti/core";
import { failureCode } from "../support/failure-code.ts";
import { findPerson } from "../support/find-person.ts";
import { readIdentifier, type PersonRequest } from "../support/person-request.ts";
import { mergeConsents, standingDecisionIds, toDestinationStates } from "./merge-consents.ts";
import { mergeProfiles } from "./merge-profiles.ts";
import { readDecisionOrigins, type DecisionOrigin } from "./read-decision-origins.ts";
import { readDestination, type DestinationReading } from "./read-destination.ts";
import type { DestinationView, UnifiedView } from "./unified-view.ts";

type FoundReading = Extract<DestinationReading, { status: "found" }>;

/** Reads one person out of every destination at once, and puts it together. */
export async function showPerson(request: { volenti: Volenti; person: PersonRequest }): Promise<UnifiedView> {
  const { volenti, person } = request;
  const identifier = readIdentifier({ volenti, person, operation: "show" });
  const now = volenti.clock.now();
  const places = await findPerson({ volenti, identifier });
  const first = await Promise.all(places.map(readDestination));
  const { readings, origins } = await withOrigins(first);
  const found = readings.filter((reading) => reading.status === "found");
  return {
    readAt: new Date(now).toISOString(),
    found: found.length > 0,
    complete: readings.every(({ status }) => status === "found" || status === "notFound"),
    destinations: readings.map(toDestinationView),
    profile: mergeProfiles(found.map(({ id, profile }) => ({ destinationId: id, profile }))),
    consents: mergeConsents({
      catalogue: volenti.catalogue,
      destinations: found.map(toDestinationStates),
      origins,
      now,
    }),
  };
}

/** Adds where decisions came from. A destination whose history cannot be read was not read: it is shown as such, whole. */
async function withOrigins(first: readonly DestinationReading[]): Promise<{
  readings: readonly DestinationReading[];
  origins: ReadonlyMap<string, DecisionOrigin>;
}> {
  const found = first.filter((reading) => reading.status === "found");
  const decisionIds = standingDecisionIds(found.map(toDestinationStates));
  const origins = new Map<string, DecisionOrigin>();
  const readings = await Promise.all(
    first.map(async (reading): Promise<DestinationReading> => {
      if (reading.status !== "found") return reading;
      try {
        for (const [decisionId, origin] of await originsIn({ reading, decisionIds })) origins.set(decisionId, origin);
        return reading;
      } catch (error) {
        return { id: reading.id, connector: reading.connector, status: "unreachable", code: failureCode(error) };
      }
    }),
  );
  return { readings, origins };
}

async function originsIn(request: {
  reading: FoundReading;
  decisionIds: ReadonlySet<string>;
}): Promise<ReadonlyMap<string, DecisionOrigin>> {
  const { reading, decisionIds } = request;
  const history = reading.connector.consentHistory;
  if (history === undefined || decisionIds.size === 0) return new Map();
  return readDecisionOrigins({ history, subjectRef: reading.subjectRef, decisionIds });
}

function toDestinationView(reading: DestinationReading): DestinationView {
  const { id, connector } = reading;
  const place = { id, region: connector.region };
  switch (reading.status) {
    case "found":
      return { ...place, status: "found", subjectRef: reading.subjectRef, profile: listAttributes(reading) };
    case "unreachable":
      return { ...place, status: "unreachable", code: reading.code };
    default:
      return { ...place, status: reading.status };
  }
}

function listAttributes(reading: FoundReading): Extract<DestinationView, { status: "found" }>["profile"] {
  if (reading.profile === null) return null;
  return Object.entries(reading.profile.attributes)
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([attribute, { value, changedAt }]) => ({ attribute, value, changedAt: new Date(changedAt).toISOString() }));
}
