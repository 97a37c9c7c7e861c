import type { CompiledRule } from "./compile-rule.ts";
import type { ReleaseFacts } from "./release-facts.ts";
import type { RuleTrace, RuleVerdict } from "./release-policy.ts";
import { RELEASE_MASKS, type ReleaseMask } from "./release-rule.ts";
import { FALSE, TRUE, UNKNOWN, type TriState } from "./tri-state.ts";

/** The rules that bear on one purpose, attribute and recipient, whoever the person is. */
export interface RuleCell {
  /** One entry a rule of the policy, those of the candidates to be filled in. */
  readonly trace: readonly RuleTrace[];
  readonly candidates: readonly { readonly position: number; readonly rule: CompiledRule; readonly outcomes: RuleOutcomes }[];
  /** Whether the recipient is given everything that no rule takes away. */
  readonly isOpen: boolean;
}

/** Made once a rule: an answer a microsecond leaves no time for new objects. */
export interface RuleOutcomes {
  readonly matched: RuleTrace;
  readonly notMatched: RuleTrace;
  readonly unknown: RuleTrace;
}

interface Tally {
  readonly denying: string[];
  readonly releasing: string[];
  readonly masking: string[];
  readonly capping: string[];
  readonly concerning: ReleaseMask[];
  isUndecided: boolean;
  isUndecidedDenial: boolean;
}

/** From `release` over `mask` to `deny`: what is least of all that matches stands, and no match is a denial. */
export function weighRules(request: { cell: RuleCell; facts: ReleaseFacts; purpose: string }): RuleVerdict {
  const { cell, facts, purpose } = request;
  const trace = cell.trace.slice();
  const tally: Tally = { denying: [], releasing: [], masking: [], capping: [], concerning: [], isUndecided: false, isUndecidedDenial: false };
  const person = { facts, purpose };
  for (const { position, rule, outcomes } of cell.candidates) {
    const permits = rule.permits(person);
    const caps = rule.caps(person);
    trace[position] = outcomeOf({ rule, permits, caps, outcomes });
    count({ tally, rule, permits, caps });
    if (rule.mask !== null && rule.concerns(person) !== FALSE) tally.concerning.push(rule.mask);
  }
  return { ...settle({ tally, isOpen: cell.isOpen }), trace };
}

function outcomeOf(request: { rule: CompiledRule; permits: TriState; caps: TriState; outcomes: RuleOutcomes }): RuleTrace {
  const { rule, permits, caps, outcomes } = request;
  const answer = rule.effect === "deny" ? caps : rule.effect === "release" ? permits : Math.max(permits, caps);
  return answer === TRUE ? outcomes.matched : answer === UNKNOWN ? outcomes.unknown : outcomes.notMatched;
}

function count(request: { tally: Tally; rule: CompiledRule; permits: TriState; caps: TriState }): void {
  const { tally, rule, permits, caps } = request;
  if (rule.effect === "deny") {
    if (caps !== FALSE) tally.denying.push(rule.id);
    if (caps === UNKNOWN) tally.isUndecidedDenial = true;
    return;
  }
  if (permits === UNKNOWN) tally.isUndecided = true;
  if (permits === TRUE) (rule.effect === "release" ? tally.releasing : tally.masking).push(rule.id);
  if (caps !== FALSE) tally.capping.push(rule.id);
}

function settle(request: { tally: Tally; isOpen: boolean }): Omit<RuleVerdict, "trace"> {
  const { tally, isOpen } = request;
  const { denying, releasing, masking, capping, concerning } = tally;
  if (denying.length > 0) {
    return { effect: "deny", mask: null, reasons: [tally.isUndecidedDenial ? "denialNotRuledOut" : "deniedByRule"], ruleIds: denying };
  }
  const isReleased = isOpen || releasing.length > 0;
  if (!isReleased && masking.length === 0) {
    return { effect: "deny", mask: null, reasons: [tally.isUndecided ? "releaseNotCertain" : "noRuleReleases"], ruleIds: [] };
  }
  if (isReleased && capping.length === 0) {
    return { effect: "release", mask: null, reasons: [releasing.length > 0 ? "releasedByRule" : "notRestricted"], ruleIds: releasing };
  }
  const ruleIds = [...new Set([...masking, ...capping])].sort();
  return { effect: "mask", mask: strictestMask(concerning), reasons: ["maskedByRule"], ruleIds };
}

/** The first of two or more in {@link RELEASE_MASKS}; the strictest of all where there is none. */
export function strictestMask(masks: readonly ReleaseMask[]): ReleaseMask {
  return RELEASE_MASKS.find((mask) => masks.includes(mask)) ?? RELEASE_MASKS[0];
}
