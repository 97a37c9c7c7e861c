import { consentOf, type PurposeConsent, type ReleaseFacts, type ReleasePolicy } from "@volenti/core";
import type { AgeBand } from "@volenti/core/adapter";
import { toPlace } from "./read-release-facts.ts";

/** `none`: it was read, and nothing stands. `unknown`: it could not be read, which never permits. */
export const CONSENT_ANSWERS = ["granted", "refused", "none", "unknown"] as const;
/** What is assumed of a made-up person's consent. */
export type ConsentAssumption = (typeof CONSENT_ANSWERS)[number];

/** A person who is thought up to try a policy. What is left out is not known. */
export interface HypotheticalPerson {
  /** `FR`, `US-CA`. */
  readonly jurisdiction?: string | undefined;
  readonly ageBand?: AgeBand | undefined;
  /** Of the purpose that is asked about. */
  readonly consent?: ConsentAssumption | undefined;
  /** Of other purposes, which conditions may ask about. Left out: nothing stands there. */
  readonly consents?: Readonly<Record<string, ConsentAssumption>> | undefined;
}

/** The facts of somebody under no restriction and no hold. One purpose that is unknown leaves all consents unknown. */
export function toHypotheticalFacts(request: {
  person: HypotheticalPerson;
  purpose: string;
  policy: Pick<ReleasePolicy, "world">;
}): ReleaseFacts {
  const { person, purpose, policy } = request;
  const { jurisdiction, ageBand = "unknown", consent = "unknown" } = person;
  const assumed: Readonly<Record<string, ConsentAssumption>> = { ...person.consents, [purpose]: consent };
  return {
    ...(jurisdiction === undefined ? { country: null, subdivision: null } : toPlace(jurisdiction)),
    ageBand,
    consents: toConsents({ assumed, policy }),
    isRestricted: false,
    heldAttributes: [],
  };
}

function toConsents(request: {
  assumed: Readonly<Record<string, ConsentAssumption>>;
  policy: Pick<ReleasePolicy, "world">;
}): ReadonlyMap<string, PurposeConsent> | null {
  const consents = new Map<string, PurposeConsent>();
  for (const [key, purpose] of request.policy.world.purposes) {
    const answer = request.assumed[key] ?? "none";
    if (answer === "unknown") return null;
    consents.set(key, consentOf({ purpose, answer }));
  }
  return consents;
}
