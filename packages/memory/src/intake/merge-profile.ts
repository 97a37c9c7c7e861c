import {
  compareAttributeChanges,
  type AttributeChange,
  type AttributeOutcomeV1,
  type ProfilePatch,
} from "@volenti/core/adapter";

/** What a profile is after a patch, and how each attribute of the patch fared. Attributes that it does not name stay. */
export function mergeProfile(request: { before: ReadonlyMap<string, AttributeChange>; patch: ProfilePatch }): {
  attributes: ReadonlyMap<string, AttributeChange>;
  outcomes: Readonly<Record<string, AttributeOutcomeV1>>;
} {
  const attributes = new Map(request.before);
  const outcomes: [string, AttributeOutcomeV1][] = [];
  for (const [name, change] of Object.entries(request.patch)) {
    const stood = attributes.get(name);
    const order = stood === undefined ? 1 : compareAttributeChanges(change, stood);
    if (order > 0) attributes.set(name, structuredClone(change));
    outcomes.push([name, order > 0 ? "applied" : order === 0 ? "unchanged" : "superseded"]);
  }
  return { attributes, outcomes: Object.fromEntries(outcomes) };
}
