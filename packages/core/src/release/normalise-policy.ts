import type { PolicySource } from "./release-policy.ts";
import type { RecipientDeclaration, ReleaseCondition, ReleaseMatch, ReleaseRule } from "./release-rule.ts";
import { canonicaliseInput } from "../evidence/canonicalise.ts";

/** The one form of a policy: what differs in order and repetition alone is the same policy, with the same hash. */
export function normalisePolicy(request: {
  rules: readonly ReleaseRule[];
  recipients: Readonly<Record<string, RecipientDeclaration>>;
}): PolicySource {
  return {
    schema: "volenti-release-policy-1",
    rules: request.rules.map(normaliseRule).sort((left, right) => (left.id < right.id ? -1 : 1)),
    recipients: Object.fromEntries(
      Object.entries(request.recipients).map(([name, { region, transferMechanism }]) => [
        name,
        { region, ...(transferMechanism === undefined ? {} : { transferMechanism }) },
      ]),
    ),
  };
}

function normaliseRule({ id, effect, mask, match, when, unless }: ReleaseRule): ReleaseRule {
  const matched = normaliseMatch(match ?? {});
  return {
    id,
    effect,
    ...(mask === undefined ? {} : { mask }),
    ...(Object.keys(matched).length === 0 ? {} : { match: matched }),
    ...(when === undefined || when.length === 0 ? {} : { when: normaliseConditions(when) }),
    ...(unless === undefined || unless.length === 0 ? {} : { unless: normaliseConditions(unless) }),
  };
}

function normaliseMatch(match: ReleaseMatch): ReleaseMatch {
  return Object.fromEntries(
    Object.entries(match).flatMap(([name, list]: [string, readonly string[] | undefined]) => (list === undefined ? [] : [[name, sorted(list)]])),
  );
}

function normaliseConditions(conditions: readonly ReleaseCondition[]): readonly ReleaseCondition[] {
  const byText = new Map(conditions.map(normaliseCondition).map((condition) => [canonicaliseInput(condition), condition]));
  return [...byText].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, condition]) => condition);
}

function normaliseCondition(condition: ReleaseCondition): ReleaseCondition {
  if ("ageBands" in condition) return { ageBands: sorted(condition.ageBands) };
  if ("jurisdictions" in condition) return { jurisdictions: sorted(condition.jurisdictions) };
  const { consent, purpose } = condition;
  return { consent, ...(purpose === undefined ? {} : { purpose }) };
}

function sorted<Text extends string>(list: readonly Text[]): readonly Text[] {
  return [...new Set(list)].sort();
}
