import { createJurisdictionSet } from "./jurisdiction-set.ts";
import type { PurposeConsent, ReleaseFacts } from "./release-facts.ts";
import type { ReleaseCondition, ReleaseEffect, ReleaseMask, ReleaseRule } from "./release-rule.ts";
import type { ReleaseWorld } from "./release-world.ts";
import { FALSE, not, TRUE, UNKNOWN, type TriState } from "./tri-state.ts";

/** A rule with what depends on the person as one function each. */
export interface CompiledRule {
  readonly id: string;
  readonly effect: ReleaseEffect;
  readonly mask: ReleaseMask | null;
  /** Whether the rule gives anything; counts where it is `TRUE` only. Never of a `deny` rule. */
  readonly permits: PersonTest;
  /** Whether the rule takes anything away; counts where it is `UNKNOWN` too. Never of a `release` rule. */
  readonly caps: PersonTest;
  /** Whether a mask may be meant, whatever was consented to: which mask is taken must not depend on a refusal. */
  readonly concerns: PersonTest;
}

type PersonTest = (request: { facts: ReleaseFacts; purpose: string }) => TriState;
const NEVER: PersonTest = () => FALSE;

/**
 * A `mask` rule gives a masked value and caps what other rules give, and consent may only ever count one way in each: a
 * refusal never gives more. So `when granted` and `unless refused` limit what it gives and never lift the cap, `unless
 * granted` and `when refused` lift or set the cap and do not limit what it gives.
 */
export function compileRule(request: { rule: ReleaseRule; world: Pick<ReleaseWorld, "regions"> }): CompiledRule {
  const { rule, world } = request;
  const { id, effect, mask = null } = rule;
  return {
    id,
    effect,
    mask,
    permits: effect === "deny" ? NEVER : compileTest({ rule, world, keeps: effect === "mask" ? isGiving : isAny }),
    caps: effect === "release" ? NEVER : compileTest({ rule, world, keeps: effect === "mask" ? isTaking : isAny }),
    concerns: effect === "mask" ? compileTest({ rule, world, keeps: ({ condition }) => !("consent" in condition) }) : NEVER,
  };
}

interface PlacedCondition {
  readonly condition: ReleaseCondition;
  readonly list: "when" | "unless";
}

/** Whether a refusal can only turn the rule off. */
export function isGiving({ condition, list }: PlacedCondition): boolean {
  return !("consent" in condition) || (condition.consent === "granted") === (list === "when");
}

/** Whether a refusal can only turn the rule on. */
export function isTaking({ condition, list }: PlacedCondition): boolean {
  return !("consent" in condition) || (condition.consent === "granted") === (list === "unless");
}

function isAny(): boolean {
  return true;
}

function compileTest(request: {
  rule: ReleaseRule;
  world: Pick<ReleaseWorld, "regions">;
  keeps: (condition: PlacedCondition) => boolean;
}): PersonTest {
  const { rule, world, keeps } = request;
  const { jurisdictions, ageBands } = rule.match ?? {};
  const demands: PersonTest[] = [];
  if (jurisdictions !== undefined) demands.push(compileCondition({ condition: { jurisdictions }, world }));
  if (ageBands !== undefined) demands.push(compileCondition({ condition: { ageBands }, world }));
  for (const condition of rule.when ?? []) {
    if (keeps({ condition, list: "when" })) demands.push(compileCondition({ condition, world }));
  }
  for (const condition of rule.unless ?? []) {
    if (!keeps({ condition, list: "unless" })) continue;
    const test = compileCondition({ condition, world });
    demands.push((person) => not(test(person)));
  }
  return (person) => {
    let least: TriState = TRUE;
    for (const demand of demands) {
      const answer = demand(person);
      if (answer === FALSE) return FALSE;
      if (answer < least) least = answer;
    }
    return least;
  };
}

function compileCondition(request: { condition: ReleaseCondition; world: Pick<ReleaseWorld, "regions"> }): PersonTest {
  const { condition, world } = request;
  if ("ageBands" in condition) {
    const bands: ReadonlySet<string> = new Set(condition.ageBands);
    return ({ facts }) => (facts.ageBand === "unknown" ? UNKNOWN : bands.has(facts.ageBand) ? TRUE : FALSE);
  }
  if ("jurisdictions" in condition) {
    const set = createJurisdictionSet({ jurisdictions: condition.jurisdictions, regions: world.regions });
    return ({ facts }) => set.contains(facts);
  }
  const { consent, purpose: named } = condition;
  const read = (stands: PurposeConsent | undefined): boolean | undefined => (consent === "granted" ? stands?.isGranted : stands?.isRefused);
  return ({ facts, purpose }) => {
    if (facts.consents === null) return UNKNOWN;
    return read(facts.consents.get(named ?? purpose)) === true ? TRUE : FALSE;
  };
}
