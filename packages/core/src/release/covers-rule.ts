import { matchesAttribute, matchesPurpose } from "./match-rule.ts";
import { matchesRecipient, readRecipientPattern, type Recipient } from "./recipient.ts";
import type { ReleaseRule } from "./release-rule.ts";
import { listPartners, type ReleaseWorld } from "./release-world.ts";
import { FALSE, TRUE } from "./tri-state.ts";

/** Whether an unconditional rule matches wherever another one does, so that the other never has the last word. */
export function coversRule(request: { wider: ReleaseRule; narrower: ReleaseRule; world: ReleaseWorld }): boolean {
  const { wider, narrower, world } = request;
  if ((wider.when ?? []).length > 0 || (wider.unless ?? []).length > 0) return false;
  return (
    coversAttributes(request) &&
    [...world.purposes.keys()].every((purpose) => !matchesPurposes(narrower, purpose) || matchesPurposes(wider, purpose)) &&
    listRecipients({ rules: [wider, narrower], world }).every((recipient) => !reaches(narrower, recipient) || reaches(wider, recipient)) &&
    coversJurisdictions(request) &&
    coversList({ wider: wider.match?.ageBands, narrower: narrower.match?.ageBands })
  );
}

function coversAttributes({ wider, narrower, world }: { wider: ReleaseRule; narrower: ReleaseRule; world: ReleaseWorld }): boolean {
  return [...world.attributes.keys()].every(
    (attribute) => matchesAttribute({ rule: narrower, attribute, world }) === FALSE || matchesAttribute({ rule: wider, attribute, world }) === TRUE,
  );
}

function matchesPurposes(rule: ReleaseRule, purpose: string): boolean {
  const patterns = rule.match?.purposes;
  return patterns === undefined || matchesPurpose({ patterns, purpose });
}

function reaches(rule: ReleaseRule, recipient: Recipient): boolean {
  const patterns = rule.match?.recipients;
  return patterns === undefined || matchesRecipient({ patterns, recipient });
}

/** Every partner and destination, every store that the rules name, and one that none of them does. */
export function listRecipients(request: { rules: readonly ReleaseRule[]; world: ReleaseWorld }): readonly Recipient[] {
  const { rules, world } = request;
  const patterns = rules.flatMap((rule) => rule.match?.recipients ?? []).map(readRecipientPattern);
  const stores = patterns.flatMap((pattern) => (pattern?.kind === "till" && pattern.id !== null ? [pattern.id] : []));
  return [
    ...listPartners(world).map((id): Recipient => ({ kind: "partner", id })),
    ...[...world.destinations.keys()].map((id): Recipient => ({ kind: "destination", id })),
    ...[...new Set([...stores, OTHER_STORE])].sort().map((id): Recipient => ({ kind: "till", id })),
  ];
}

/** Stands for every store that no rule names. */
export const OTHER_STORE = "any-other-store";

function coversJurisdictions(request: { wider: ReleaseRule; narrower: ReleaseRule; world: ReleaseWorld }): boolean {
  const wider = request.wider.match?.jurisdictions;
  const narrower = request.narrower.match?.jurisdictions;
  if (wider === undefined) return true;
  if (narrower === undefined) return false;
  const { regions } = request.world;
  const covers = (name: string): boolean => {
    if (wider.includes(name) || wider.includes(name.slice(0, 2))) return true;
    const members = regions[name];
    if (members !== undefined && members.length > 0) return members.every((country) => covers(country));
    return wider.some((region) => regions[region]?.includes(name.slice(0, 2)) === true);
  };
  return narrower.every(covers);
}

function coversList(request: { wider: readonly string[] | undefined; narrower: readonly string[] | undefined }): boolean {
  const { wider, narrower } = request;
  return wider === undefined || (narrower !== undefined && narrower.every((value) => wider.includes(value)));
}
