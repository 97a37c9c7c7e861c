import { matchesAnyAttribute } from "../model/attribute-pattern.ts";
import { isCountryCode } from "../model/country-code.ts";
import type { ConfigurationProblem } from "../error/configuration-error.ts";
import { isGiving, isTaking } from "./compile-rule.ts";
import { matchesAttribute, matchesPurpose } from "./match-rule.ts";
import { matchesRecipient, readRecipientPattern } from "./recipient.ts";
import type { ReleaseCondition, ReleaseRule } from "./release-rule.ts";
import { listPartners, type ReleaseWorld } from "./release-world.ts";
import { FALSE } from "./tri-state.ts";

interface RuleCheck {
  readonly rule: ReleaseRule;
  /** `release.rules[3]`. */
  readonly path: string;
  readonly world: ReleaseWorld;
}

const CATEGORIES: ReadonlySet<string> = new Set(["name", "contact", "demographic", "address", "preference", "brand"]);

/** What is wrong with one rule by itself: names that nobody knows, and what makes it match nobody, ever. */
export function checkRule(check: RuleCheck): ConfigurationProblem[] {
  const named = [...checkEffect(check), ...checkNames(check), ...checkConditions(check)];
  // A name that nobody knows matches nobody either: said once.
  return named.length > 0 ? named : checkReach(check);
}

function checkEffect({ rule, path }: RuleCheck): ConfigurationProblem[] {
  if (rule.effect === "mask") return rule.mask === undefined ? [{ path: `${path}.mask`, code: "required" }] : [];
  return rule.mask === undefined ? [] : [{ path: `${path}.mask`, code: "maskWithoutEffect" }];
}

function checkNames({ rule, path, world }: RuleCheck): ConfigurationProblem[] {
  const { purposes = [], attributes = [], recipients = [], jurisdictions = [], categories = [] } = rule.match ?? {};
  const keys = [...world.purposes.keys()];
  const known = [...world.attributes.keys()];
  const unknown = (request: { list: readonly string[]; name: string; code: string; isKnown: (text: string) => boolean }): ConfigurationProblem[] =>
    request.list.flatMap((text, index) => (request.isKnown(text) ? [] : [{ path: `${path}.match.${request.name}[${index}]`, code: request.code }]));
  return [
    ...unknown({ list: purposes, name: "purposes", code: "unknownPurpose", isKnown: (text) => keys.some((purpose) => matchesPurpose({ patterns: [text], purpose })) }),
    ...unknown({ list: attributes, name: "attributes", code: "unknownAttribute", isKnown: (text) => known.some((attribute) => matchesAnyAttribute({ patterns: [text], attribute })) }),
    ...unknown({ list: recipients, name: "recipients", code: "unknownRecipient", isKnown: (text) => isKnownRecipient({ text, world }) }),
    ...unknown({ list: jurisdictions, name: "jurisdictions", code: "unknownJurisdiction", isKnown: (text) => isKnownJurisdiction({ text, world }) }),
    ...unknown({ list: categories, name: "categories", code: "unknownCategory", isKnown: (text) => CATEGORIES.has(text) }),
  ];
}

/** Whether anybody is meant: all of a kind always, one only where a purpose or the configuration names it; any store. */
export function isKnownRecipient(request: { text: string; world: ReleaseWorld }): boolean {
  const { text, world } = request;
  const pattern = readRecipientPattern(text);
  if (pattern === null) return false;
  if (pattern.id === null || pattern.kind === "till") return true;
  const isPartner = pattern.kind !== "destination" && listPartners(world).includes(pattern.id);
  return isPartner || (pattern.kind !== "partner" && world.destinations.has(pattern.id));
}

export function isKnownJurisdiction(request: { text: string; world: Pick<ReleaseWorld, "regions"> }): boolean {
  const { text, world } = request;
  const [country = "", subdivision] = text.split("-");
  if (subdivision !== undefined) return isCountryCode(country) && /^[A-Z]{2}-[A-Z0-9]{1,3}$/.test(text);
  return isCountryCode(text) || Object.hasOwn(world.regions, text);
}

function checkConditions({ rule, path, world }: RuleCheck): ConfigurationProblem[] {
  const places = (["when", "unless"] as const).flatMap((list) => (rule[list] ?? []).map((condition, index) => ({ list, condition, at: `${path}.${list}[${index}]` })));
  const seen = new Map<string, string>();
  return places.flatMap(({ list, condition, at }): ConfigurationProblem[] => {
    const text = JSON.stringify(condition);
    const other = seen.get(text);
    seen.set(text, list);
    // Required and forbidden at once.
    if (other !== undefined && other !== list) return [{ path: at, code: "neverMatches" }];
    const named = checkCondition({ condition, at, world });
    if (named.length > 0 || !("consent" in condition)) return named;
    // A refusal that gives more, or takes less away, is no policy that anybody may have.
    const isSound = rule.effect === "mask" || (rule.effect === "release" ? isGiving : isTaking)({ condition, list });
    return isSound ? [] : [{ path: at, code: "releasesOnRefusal" }];
  });
}

function checkCondition(request: { condition: ReleaseCondition; at: string; world: ReleaseWorld }): ConfigurationProblem[] {
  const { condition, at, world } = request;
  if ("consent" in condition) {
    return condition.purpose === undefined || world.purposes.has(condition.purpose) ? [] : [{ path: `${at}.purpose`, code: "unknownPurpose" }];
  }
  if ("ageBands" in condition) return [];
  return condition.jurisdictions.flatMap((text, index) =>
    isKnownJurisdiction({ text, world }) ? [] : [{ path: `${at}.jurisdictions[${index}]`, code: "unknownJurisdiction" }],
  );
}

/** Whether anything is left once every part of the rule is taken together. */
function checkReach({ rule, path, world }: RuleCheck): ConfigurationProblem[] {
  const never = [{ path, code: "neverMatches" }];
  const { purposes, recipients, ageBands } = rule.match ?? {};
  const meant = [...world.purposes.values()].filter(({ key }) => purposes === undefined || matchesPurpose({ patterns: purposes, purpose: key }));
  const attributes = [...world.attributes.keys()].filter((attribute) => matchesAttribute({ rule, attribute, world }) !== FALSE);
  const declared = meant.filter((purpose) => attributes.some((attribute) => matchesAnyAttribute({ patterns: purpose.attributes, attribute })));
  if (declared.length === 0) return never;
  const patterns = (recipients ?? []).map((text) => ({ text, kind: readRecipientPattern(text)?.kind ?? null }));
  const isForPartnersAlone = recipients !== undefined && patterns.every(({ text, kind }) => kind === "partner" || (kind === null && !world.destinations.has(text)));
  const partners = declared.flatMap((purpose) => purpose.recipients);
  const reachesPartner = partners.some((id) => matchesRecipient({ patterns: recipients ?? [], recipient: { kind: "partner", id } }));
  if (isForPartnersAlone && !reachesPartner) return never;
  const contradictsAge = (rule.when ?? []).some((condition) => "ageBands" in condition && ageBands !== undefined && !condition.ageBands.some((band) => ageBands.includes(band)));
  return contradictsAge || contradictsPlace({ rule, world }) ? never : [];
}

function contradictsPlace(request: { rule: ReleaseRule; world: ReleaseWorld }): boolean {
  const { rule, world } = request;
  const lists = [rule.match?.jurisdictions, ...(rule.when ?? []).map((condition) => ("jurisdictions" in condition ? condition.jurisdictions : undefined))];
  const named = lists.filter((list) => list !== undefined);
  const members = (list: readonly string[]): readonly string[] => list.flatMap((name) => [name.slice(0, 2), ...(world.regions[name] ?? [])]);
  const [first, ...others] = named.map((list) => members(list));
  return first !== undefined && others.length > 0 && !first.some((country) => others.every((list) => list.includes(country)));
}
