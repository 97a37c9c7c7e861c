import type { CataloguedPurpose } from "../model/catalogue.ts";
import { matchesAnyAttribute } from "../model/attribute-pattern.ts";
import type { ConsentState } from "../model/consent-state.ts";
import type { Submission } from "../model/submission.ts";
import type { WithheldAttribute } from "../model/submission-result.ts";
import { readPurposeConsents } from "../release/read-purpose-consents.ts";
import type { Recipient } from "../release/recipient.ts";
import { pickMostPermissive } from "../release/pick-most-permissive.ts";
import type { ReleaseFacts } from "../release/release-facts.ts";
import type { ReleasePolicy } from "../release/release-policy.ts";
import type { ReleaseMask } from "../release/release-rule.ts";
import type { JsonValue } from "../support/json-value.ts";
import { permittedPatterns } from "./minimise-profile.ts";
import type { RoutePlan } from "./plan-route.ts";

/** What the policy takes from one destination: attributes that are denied (null), and those that are masked. */
export type ProfileRestriction = ReadonlyMap<string, ReleaseMask | null>;

export const NO_RESTRICTIONS: ReadonlyMap<string, ProfileRestriction> = new Map();

interface Permitted {
  readonly key: string;
  readonly patterns: readonly string[];
}

/**
 * Asks the policy about every destination of the plan that it concerns, and every attribute that minimisation left: the
 * purposes that permit the attribute are the ones it may be released for. Clearing is never restricted.
 */
export function restrictProfile(request: {
  profile: ReadonlyMap<string, JsonValue>;
  submission: Submission;
  plan: Pick<RoutePlan, "steps">;
  standing: ReadonlyMap<string, ConsentState>;
  purposes: ReadonlyMap<string, CataloguedPurpose>;
  policy: ReleasePolicy;
  now: number;
}): ReadonlyMap<string, ProfileRestriction> {
  const { profile, submission, plan, standing, purposes, policy, now } = request;
  if (policy.source.rules.length === 0 || profile.size === 0) return NO_RESTRICTIONS;
  const concerned = plan.steps.filter(({ destinationId }) => policy.concernsDestination(destinationId));
  if (concerned.length === 0) return NO_RESTRICTIONS;
  const permitted = [...purposes.values()].map((purpose): Permitted => ({ key: purpose.key, patterns: permittedPatterns({ purpose, standing, now }) }));
  const facts: ReleaseFacts = {
    country: submission.country,
    subdivision: submission.jurisdictions.find((name) => name.includes("-")) ?? null,
    ageBand: submission.ageBand,
    consents: readPurposeConsents({ standing, purposes: purposes.values(), now }),
    isRestricted: false,
    heldAttributes: [],
  };
  return new Map(
    concerned.map(({ destinationId: id }) => [id, restrictOne({ profile, permitted, facts, policy, recipient: { kind: "destination", id } })]),
  );
}

function restrictOne(request: {
  profile: ReadonlyMap<string, JsonValue>;
  permitted: readonly Permitted[];
  facts: ReleaseFacts;
  policy: ReleasePolicy;
  recipient: Recipient;
}): ProfileRestriction {
  const { profile, permitted, facts, policy, recipient } = request;
  const restriction = new Map<string, ReleaseMask | null>();
  for (const [attribute, value] of profile) {
    if (value === null) continue;
    const verdicts = permitted
      .filter(({ patterns }) => matchesAnyAttribute({ patterns, attribute }))
      .map(({ key }) => policy.judge({ purpose: key, attribute, recipient, facts }));
    const verdict = pickMostPermissive(verdicts);
    if (verdict?.effect !== "release") restriction.set(attribute, verdict?.mask ?? null);
  }
  return restriction;
}

export function describeRestrictions(restrictions: ReadonlyMap<string, ProfileRestriction>): readonly WithheldAttribute[] {
  return [...restrictions].flatMap(([destination, restriction]) =>
    [...restriction].map(([attribute, mask]): WithheldAttribute => ({
      attribute,
      reason: mask === null ? "releasePolicy" : "releaseMask",
      destination,
    })),
  );
}
