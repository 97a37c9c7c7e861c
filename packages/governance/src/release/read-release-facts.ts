import { readPurposeConsents, type ReleaseFacts, type Volenti } from "@volenti/core";
import { foldConsentStates, type AgeBand, type Identifier } from "@volenti/core/adapter";
import { recordAccess } from "../access/record-access.ts";
import { checkReason, type Viewer } from "../access/viewer.ts";
import { readPerson, toPlaces, type FoundReading, type PersonReading } from "../show/read-person.ts";
import { NOWHERE, placeOfLatest, type Place } from "../support/find-place.ts";
import { readDecisionRecord } from "../support/read-decision-record.ts";
import { ageBandOf } from "./age-band-of.ts";

/**
 * What is known of a person, read to explain a policy and not to give anything: no value leaves. On record as `explain`.
 */
export async function readPersonFacts(request: {
  volenti: Volenti;
  identifier: Identifier;
  viewer: Viewer;
  jurisdiction: string | undefined;
  ageBand: AgeBand | undefined;
}): Promise<ReleaseFacts & { readonly complete: boolean; readonly found: boolean }> {
  const { volenti, viewer } = request;
  checkReason({ volenti, viewer, operation: "explain" });
  const readings = await readPerson(request);
  const attributes = ["address.country", "birthdate"];
  await recordAccess({ volenti, viewer, places: toPlaces(readings), operation: "explain", defaultReason: "policyExplanation", attributes, recipient: null });
  return {
    ...readReleaseFacts({ ...request, readings, now: volenti.clock.now() }),
    complete: readings.every(({ status }) => status === "found" || status === "notFound"),
    found: readings.some(({ status }) => status === "found"),
  };
}

/** What is known of a person who was read. What was not read to the end is not known, and never in favour of giving. */
export function readReleaseFacts(request: {
  volenti: Pick<Volenti, "policy">;
  readings: readonly PersonReading[];
  jurisdiction: string | undefined;
  ageBand: AgeBand | undefined;
  now: number;
}): ReleaseFacts {
  const { volenti, readings, jurisdiction, ageBand, now } = request;
  const found = readings.filter((reading) => reading.status === "found");
  const isComplete = readings.every(({ status }) => status === "found" || status === "notFound");
  const purposes = volenti.policy.world.purposes.values();
  const states = found.flatMap(({ records }) => records.flatMap((record) => record.states));
  const custody = found.flatMap((reading) => reading.custody ?? []);
  const isActive = ({ liftedAt, until }: { liftedAt: number | null; until: number | null }): boolean => liftedAt === null && (until === null || until > now);
  return {
    ...(jurisdiction === undefined ? placeOf(found) : toPlace(jurisdiction)),
    ageBand: ageBand ?? ageBandOf({ birthdates: valuesOf({ found, attribute: "birthdate" }), now }),
    consents: isComplete ? readPurposeConsents({ standing: foldConsentStates(states), purposes, now }) : null,
    isRestricted: isComplete ? custody.some(({ restriction }) => restriction !== null) : null,
    heldAttributes: isComplete ? custody.flatMap(({ holds }) => holds.filter(isActive).flatMap(({ scope }) => scope)) : null,
  };
}

/** `FR` or `US-CA` as its parts. */
export function toPlace(jurisdiction: string): Pick<ReleaseFacts, "country" | "subdivision"> {
  return { country: jurisdiction.slice(0, 2), subdivision: jurisdiction.includes("-") ? jurisdiction : null };
}

/** The place of the latest decision, unless the address says otherwise: then nobody knows. */
function placeOf(found: readonly FoundReading[]): Place {
  const records = found.flatMap(({ records: held }) => held.flatMap(({ decisions }) => decisions)).flatMap(({ canonical }) => readDecisionRecord(canonical) ?? []);
  const { country, subdivision } = placeOfLatest(records);
  const stated = valuesOf({ found, attribute: "address.country" });
  const countries = new Set([...stated, ...(country === null ? [] : [country])]);
  const [only] = countries;
  return only === undefined || countries.size > 1 ? NOWHERE : { country: only, subdivision };
}

function valuesOf(request: { found: readonly FoundReading[]; attribute: string }): readonly string[] {
  const values = request.found.flatMap(({ records }) => records.map(({ profile }) => profile?.attributes[request.attribute]?.value));
  return [...new Set(values.filter((value) => typeof value === "string"))];
}
