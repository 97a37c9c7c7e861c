import type { ResolvedConfiguration } from "../configuration/resolve-configuration.ts";
import type { AttributeChange, ProfilePatch } from "../model/profile.ts";
import type { WithheldAttribute } from "../model/submission-result.ts";
import { applyMasks } from "../release/apply-masks.ts";
import type { DraftSubmission } from "./draft-batch.ts";
import type { ProfileRestriction } from "./restrict-profile.ts";

/** The profile as each destination that the policy concerns may have it, and what is withheld in the end. */
export async function applyRestrictions(request: {
  draft: Pick<DraftSubmission, "profile" | "withheld" | "restrictions">;
  configuration: ResolvedConfiguration;
}): Promise<{ profilesElsewhere: ReadonlyMap<string, ProfilePatch | undefined>; withheld: readonly WithheldAttribute[] }> {
  const { profile = {}, withheld, restrictions } = request.draft;
  const profilesElsewhere = new Map<string, ProfilePatch | undefined>();
  const unmaskable = new Set<string>();
  for (const [destinationId, restriction] of restrictions) {
    const { patch, denied } = await restrictPatch({ patch: profile, restriction, destinationId, configuration: request.configuration });
    profilesElsewhere.set(destinationId, Object.keys(patch).length === 0 ? undefined : patch);
    for (const attribute of denied) unmaskable.add(`${destinationId}\u0000${attribute}`);
  }
  if (unmaskable.size === 0) return { profilesElsewhere, withheld };
  const isUnmaskable = ({ attribute, destination = "" }: WithheldAttribute): boolean => unmaskable.has(`${destination}\u0000${attribute}`);
  return { profilesElsewhere, withheld: withheld.map((entry) => (isUnmaskable(entry) ? { ...entry, reason: "releasePolicy" } : entry)) };
}

async function restrictPatch(request: {
  patch: ProfilePatch;
  restriction: ProfileRestriction;
  destinationId: string;
  configuration: ResolvedConfiguration;
}): Promise<{ patch: ProfilePatch; denied: readonly string[] }> {
  const { patch, restriction, destinationId, configuration } = request;
  const masked = Object.entries(patch).flatMap(([attribute, { value }]) => {
    const mask = restriction.get(attribute) ?? null;
    return mask === null ? [] : [{ attribute, value, mask }];
  });
  const { keyring, controller } = configuration;
  const results = await applyMasks({ values: masked, recipient: { kind: "destination", id: destinationId }, keyring, controllerId: controller.id });
  const byName = new Map(masked.map(({ attribute }, index) => [attribute, results[index] ?? null]));
  const kept = Object.entries(patch).flatMap(([attribute, change]): [string, AttributeChange][] => {
    if (!restriction.has(attribute)) return [[attribute, change]];
    const value = byName.get(attribute) ?? null;
    return value === null ? [] : [[attribute, { ...change, value }]];
  });
  const denied = [...byName].flatMap(([attribute, value]) => (value === null ? [attribute] : []));
  return { patch: Object.fromEntries(kept), denied };
}
