import { matchesAnyAttribute } from "../model/attribute-pattern.ts";
import type { CataloguedPurpose } from "../model/catalogue.ts";
import { readConsent, standingFor } from "../model/consent-fold.ts";
import { ANY_CHANNEL, type ConsentState } from "../model/consent-state.ts";
import type { WithheldAttribute } from "../model/submission-result.ts";
import type { JsonValue } from "../support/json-value.ts";

/**
 * Keeps an attribute only if a purpose that is permitted after this submission declares it. Clearing is always kept:
 * it takes something away, and tells nothing.
 */
export function minimiseProfile(request: {
  profile: ReadonlyMap<string, JsonValue>;
  /** What stands after this submission. */
  standing: ReadonlyMap<string, ConsentState>;
  /** The current version of each purpose. */
  purposes: Iterable<CataloguedPurpose>;
  isRestricted: boolean;
  now: number;
}): { kept: ReadonlyMap<string, JsonValue>; withheld: readonly WithheldAttribute[] } {
  const { profile, standing, now } = request;
  const withheld: WithheldAttribute[] = [];
  if (profile.size === 0) return { kept: profile, withheld };
  const patterns: string[] = [];
  if (!request.isRestricted) {
    for (const purpose of request.purposes) for (const pattern of permittedPatterns({ purpose, standing, now })) patterns.push(pattern);
  }
  const reason = request.isRestricted ? "processingRestricted" : "noPermittedPurpose";
  for (const [attribute, value] of profile) {
    if (value !== null && !matchesAnyAttribute({ patterns, attribute })) withheld.push({ attribute, reason });
  }
  if (withheld.length === 0) return { kept: profile, withheld };
  const kept = new Map(profile);
  for (const { attribute } of withheld) kept.delete(attribute);
  return { kept, withheld };
}

const ANY_CHANNEL_ALONE: readonly string[] = [ANY_CHANNEL];

/** The attribute patterns that a purpose may use now: all of its own, or those that a narrowed grant names; none where it is not permitted. */
export function permittedPatterns(request: {
  purpose: CataloguedPurpose;
  standing: ReadonlyMap<string, ConsentState>;
  now: number;
}): readonly string[] {
  const { purpose, standing, now } = request;
  const patterns: string[] = [];
  for (const channel of purpose.channels.length === 0 ? ANY_CHANNEL_ALONE : purpose.channels) {
    const state = standingFor({ standing, purpose: purpose.key, channel });
    const answer = readConsent({ state, purpose, now });
    const isPermitted = purpose.mechanism === "optIn" ? answer === "granted" : answer !== "refused";
    if (!isPermitted) continue;
    for (const pattern of purpose.mechanism === "optIn" ? narrow({ purpose, state }) : purpose.attributes) patterns.push(pattern);
  }
  return patterns;
}

function narrow(request: { purpose: CataloguedPurpose; state: ConsentState | undefined }): readonly string[] {
  const { purpose, state } = request;
  const named = state?.attributes ?? null;
  // A grant under an earlier, wider version may name attributes that the current version no longer needs.
  return named === null
    ? purpose.attributes
    : [
        ...named.filter((attribute) => matchesAnyAttribute({ patterns: purpose.attributes, attribute })),
        ...purpose.attributes.filter((attribute) => matchesAnyAttribute({ patterns: named, attribute })),
      ];
}
