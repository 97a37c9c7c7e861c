import { matchesAnyAttribute } from "../model/attribute-pattern.ts";
import { matchesRecipient, type Recipient } from "./recipient.ts";
import type { RuleTrace } from "./release-policy.ts";
import type { ReleaseRule } from "./release-rule.ts";
import type { ReleaseWorld } from "./release-world.ts";
import { FALSE, TRUE, UNKNOWN, type TriState } from "./tri-state.ts";

/** What keeps a rule from a question whoever the person is; null where nothing does. */
export function findMismatch(request: {
  rule: ReleaseRule;
  purpose: string;
  attribute: string;
  recipient: Recipient;
  world: Pick<ReleaseWorld, "attributes">;
}): Exclude<RuleTrace["by"], "person"> {
  const { rule, purpose, attribute, recipient, world } = request;
  const { purposes, recipients } = rule.match ?? {};
  if (recipients !== undefined && !matchesRecipient({ patterns: recipients, recipient })) return "recipients";
  if (purposes !== undefined && !matchesPurpose({ patterns: purposes, purpose })) return "purposes";
  return matchesAttribute({ rule, attribute, world }) === FALSE ? "attributes" : null;
}

/** Whether a purpose is among those that a rule names. */
export function matchesPurpose(request: { patterns: readonly string[]; purpose: string }): boolean {
  const { patterns, purpose } = request;
  return patterns.some((pattern) =>
    pattern.endsWith("*") ? purpose.startsWith(pattern.slice(0, -1)) : pattern === purpose,
  );
}

/** By pattern, category and sensitivity at once; unknown where nobody said how sensitive the attribute is. */
export function matchesAttribute(request: { rule: ReleaseRule; attribute: string; world: Pick<ReleaseWorld, "attributes"> }): TriState {
  const { rule, attribute, world } = request;
  const { attributes, categories, sensitivities } = rule.match ?? {};
  if (attributes !== undefined && !matchesAnyAttribute({ patterns: attributes, attribute })) return FALSE;
  const description = world.attributes.get(attribute);
  if (categories !== undefined) {
    if (description === undefined) return UNKNOWN;
    if (!categories.includes(description.category)) return FALSE;
  }
  if (sensitivities === undefined) return TRUE;
  if (description === undefined || description.sensitivity === "undeclared") return UNKNOWN;
  return sensitivities.includes(description.sensitivity) ? TRUE : FALSE;
}
