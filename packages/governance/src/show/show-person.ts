import type { Volenti } from "@volenti/core";
import { recordAccess } from "../access/record-access.ts";
import { checkReason, type Viewer } from "../access/viewer.ts";
import { readIdentifier, type PersonRequest } from "../support/person-request.ts";
import { listAccess, listHeldWithoutPurpose, type AccessSources } from "./list-access.ts";
import { mergeConsents, toDestinationStates } from "./merge-consents.ts";
import { mergeProfiles } from "./merge-profiles.ts";
import { readOrigins, type DecisionOrigin } from "./read-origins.ts";
import { readPerson, toPlaces, type FoundReading, type PersonReading } from "./read-person.ts";
import { toCustodyView } from "./to-custody-view.ts";
import { toDestinationView } from "./to-destination-view.ts";
import type { ConsentView, UnifiedView } from "./unified-view.ts";

/** Who is shown, and in which language labels are. */
export interface ShowRequest extends PersonRequest {
  /** Of purposes' labels, BCP 47. Default `en`; where a label lacks it, English, else its first. */
  readonly locale?: string | undefined;
}

/** Reads one person out of every destination at once, and puts it together; on record before it is answered. */
export async function showPerson(request: { volenti: Volenti; person: ShowRequest; viewer: Viewer }): Promise<UnifiedView> {
  const { volenti, person, viewer } = request;
  checkReason({ volenti, viewer, operation: "show" });
  const identifier = readIdentifier({ volenti, person, operation: "show" });
  const readings = await readPerson({ volenti, identifier });
  const view = toUnifiedView({ volenti, readings, locale: person.locale ?? "en" });
  const accessLog = await recordAccess({
    volenti,
    viewer,
    places: toPlaces(readings),
    operation: "show",
    defaultReason: "subjectAccess",
    attributes: view.profile.map(({ attribute }) => attribute),
    recipient: null,
  });
  return { ...view, accessLog };
}

/** What the readings say, put together. Pure but for the clock. */
export function toUnifiedView(request: {
  volenti: Volenti;
  readings: readonly PersonReading[];
  locale: string;
}): Omit<UnifiedView, "accessLog"> {
  const { volenti, readings, locale } = request;
  const now = volenti.clock.now();
  const found = readings.filter((reading) => reading.status === "found");
  const origins = readOrigins(found);
  const profiles = found.flatMap(({ id, records }) => records.map(({ profile }) => ({ destinationId: id, profile })));
  const destinations = found.map(({ id, connector, records }) => toDestinationStates({ id, traits: connector.traits, states: records.flatMap(({ states }) => states) }));
  const consents = mergeConsents({ catalogue: volenti.catalogue, destinations, origins, now });
  const custody = toCustodyView({ readings: found, now });
  const sources = toSources({ volenti, found, consents, origins, locale, isRestricted: custody.restrictions.length > 0 });
  return {
    readAt: new Date(now).toISOString(),
    found: found.length > 0,
    complete: readings.every(({ status }) => status === "found" || status === "notFound"),
    destinations: readings.map(toDestinationView),
    profile: mergeProfiles({ profiles, precedence: volenti.view.precedence }),
    consents,
    access: listAccess(sources),
    heldWithoutPurpose: listHeldWithoutPurpose(sources),
    ...custody,
  };
}

function toSources(request: {
  volenti: Volenti;
  found: readonly FoundReading[];
  consents: readonly ConsentView[];
  origins: ReadonlyMap<string, DecisionOrigin>;
  locale: string;
  isRestricted: boolean;
}): AccessSources {
  const { volenti, found, ...rest } = request;
  const held = found.map(({ id, connector, records }) => ({
    id,
    region: connector.region,
    attributes: [...new Set(records.flatMap(({ profile }) => Object.keys(profile?.attributes ?? {})))].toSorted(),
  }));
  return { catalogue: volenti.catalogue, held, ...rest };
}
