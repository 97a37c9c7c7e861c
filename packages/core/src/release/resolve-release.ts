import type { ConfigurationProblem } from "../error/configuration-error.ts";
import { parseShape } from "../support/parse-shape.ts";
import { toProblems } from "../support/to-problems.ts";
import { isKnownJurisdiction, isKnownRecipient, checkRule } from "./check-rule.ts";
import { compilePolicy } from "./compile-policy.ts";
import { coversRule } from "./covers-rule.ts";
import { normalisePolicy } from "./normalise-policy.ts";
import type { ReleasePolicy } from "./release-policy.ts";
import type { RecipientDeclaration, ReleaseRule } from "./release-rule.ts";
import { recipientDeclarationSchema, releaseRuleSchema, releaseSchema } from "./release-schema.ts";
import type { ReleaseWorld } from "./release-world.ts";

/** A policy that stands, or everything that is wrong with it; paths start at `release`. */
export function resolveRelease(request: { release: unknown; world: ReleaseWorld }): { policy: ReleasePolicy; problems: readonly ConfigurationProblem[] } {
  const { release, world } = request;
  const parsed = parseShape({ schema: releaseSchema, value: release });
  if (!parsed.success) {
    const problems = toProblems({ issues: parsed.error.issues, prefix: "release" });
    return { policy: compilePolicy({ source: normalisePolicy({ rules: [], recipients: {} }), world }), problems };
  }
  const { rules, problems: ruleProblems } = readRules({ candidates: parsed.data.rules, world });
  const { recipients, problems: recipientProblems } = readRecipients({ candidates: parsed.data.recipients ?? {}, world });
  return { policy: compilePolicy({ source: normalisePolicy({ rules, recipients }), world }), problems: [...ruleProblems, ...recipientProblems] };
}

interface PlacedRule {
  readonly rule: ReleaseRule;
  readonly path: string;
}

function readRules(request: { candidates: readonly unknown[]; world: ReleaseWorld }): { rules: readonly ReleaseRule[]; problems: readonly ConfigurationProblem[] } {
  const { candidates, world } = request;
  const problems: ConfigurationProblem[] = [];
  const sound: PlacedRule[] = [];
  const ids = new Set<string>();
  for (const [index, candidate] of candidates.entries()) {
    const path = `release.rules[${index}]`;
    const parsed = parseShape({ schema: releaseRuleSchema, value: candidate });
    if (!parsed.success) {
      problems.push(...toProblems({ issues: parsed.error.issues, prefix: path }));
      continue;
    }
    const rule = parsed.data;
    if (ids.has(rule.id)) problems.push({ path: `${path}.id`, code: "duplicateRule" });
    ids.add(rule.id);
    const found = checkRule({ rule, path, world });
    problems.push(...found);
    if (found.length === 0) sound.push({ rule, path });
  }
  return { rules: sound.map(({ rule }) => rule), problems: [...problems, ...findContradictions({ sound, world })] };
}

/** A rule that another one, which gives less, covers whole: the policy says two things, and one of them in vain. */
function findContradictions(request: { sound: readonly PlacedRule[]; world: ReleaseWorld }): ConfigurationProblem[] {
  const { sound, world } = request;
  const unconditional = sound.filter(({ rule }) => rule.effect !== "release" && rule.when === undefined && rule.unless === undefined);
  const isLess = (wider: ReleaseRule, narrower: ReleaseRule): boolean => wider.effect !== narrower.effect && narrower.effect !== "deny" && !(wider.effect === "mask" && narrower.effect === "mask");
  return sound.flatMap(({ rule, path }) => {
    const isCovered = unconditional.some(({ rule: wider }) => isLess(wider, rule) && coversRule({ wider, narrower: rule, world }));
    return isCovered ? [{ path, code: "neverTakesEffect" }] : [];
  });
}

function readRecipients(request: {
  candidates: Readonly<Record<string, unknown>>;
  world: ReleaseWorld;
}): { recipients: Readonly<Record<string, RecipientDeclaration>>; problems: readonly ConfigurationProblem[] } {
  const { candidates, world } = request;
  const problems: ConfigurationProblem[] = [];
  const recipients: Record<string, RecipientDeclaration> = {};
  for (const [index, [name, candidate]] of Object.entries(candidates).entries()) {
    // A stranger's key is not printed: its place is.
    const isKnown = isKnownRecipient({ text: name, world }) && !world.destinations.has(name) && !["partner", "destination"].includes(name);
    const path = isKnown ? `release.recipients.${name}` : `release.recipients[${index}]`;
    if (!isKnown) problems.push({ path, code: "unknownRecipient" });
    const parsed = parseShape({ schema: recipientDeclarationSchema, value: candidate });
    if (!parsed.success) problems.push(...toProblems({ issues: parsed.error.issues, prefix: path }));
    else if (!isKnownRegion({ region: parsed.data.region, world })) problems.push({ path: `${path}.region`, code: "unknownRegion" });
    // The policy is digested, whatever else is wrong: a name that is none may be one that has no digest.
    else if (isKnown) recipients[name] = parsed.data;
  }
  return { recipients, problems };
}

/** A country, or a region of the residency rules; where there are none, `EU` too, as of a destination. */
function isKnownRegion({ region, world }: { region: string; world: ReleaseWorld }): boolean {
  if (region.includes("-")) return false;
  return isKnownJurisdiction({ text: region, world }) || (world.residency === null && region === "EU");
}
