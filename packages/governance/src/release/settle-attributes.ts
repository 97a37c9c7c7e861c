import { applyMasks, pickMostPermissive, type Recipient, type ReleaseAnswer, type Volenti } from "@volenti/core";
import type { JsonValue } from "@volenti/core/adapter";
import type { ReleasedAttribute } from "./release-report.ts";

/** One attribute with what every purpose permits of it, and the value to be given. */
export interface AttributeAnswers {
  readonly attribute: string;
  /** Undefined where destinations hold several and nobody can say which is right. */
  readonly value: JsonValue | undefined;
  readonly answers: readonly { readonly purpose: string; readonly answer: ReleaseAnswer }[];
}

/** Said of a purpose that has nothing to do with the question, and left out beside a reason that has. */
const BESIDE_THE_POINT: ReadonlySet<string> = new Set(["attributeNotInPurpose", "recipientNotInPurpose"]);

/** Puts the purposes together and masks values; what cannot be masked is denied. */
export async function settleAttributes(request: {
  volenti: Pick<Volenti, "keyring" | "controller" | "policy">;
  recipient: Recipient;
  attributes: readonly AttributeAnswers[];
}): Promise<readonly ReleasedAttribute[]> {
  const { volenti, recipient, attributes } = request;
  const settled = attributes.map((one) => settle({ one, policyHash: volenti.policy.hash }));
  const masked = settled.filter(({ effect }) => effect === "mask").flatMap(({ attribute, value, mask }) => (mask === null ? [] : [{ attribute, value, mask }]));
  const values = await applyMasks({ values: masked, recipient, keyring: volenti.keyring, controllerId: volenti.controller.id });
  const byName = new Map(masked.map(({ attribute }, index) => [attribute, values[index] ?? null]));
  return settled.map((one) => {
    if (one.effect !== "mask") return one;
    const value = byName.get(one.attribute) ?? null;
    return value === null ? deny({ one, reasons: ["maskNotApplicable"] }) : { ...one, value };
  });
}

function settle(request: { one: AttributeAnswers; policyHash: string }): ReleasedAttribute {
  const { attribute, value, answers } = request.one;
  const most = pickMostPermissive(answers.map(({ answer }) => answer));
  const base = { attribute, value: null, mask: null, purposes: [], ruleIds: [], policyHash: request.policyHash };
  if (most === undefined) return { ...base, effect: "deny", reasons: ["noPurpose"] };
  if (most.effect === "deny") {
    const reasons = [...new Set(answers.flatMap(({ answer }) => answer.reasons))].toSorted();
    const told = reasons.filter((reason) => !BESIDE_THE_POINT.has(reason));
    const ruleIds = [...new Set(answers.flatMap(({ answer }) => answer.ruleIds))].toSorted();
    return { ...base, effect: "deny", reasons: told.length > 0 ? told : reasons, ruleIds };
  }
  if (value === undefined) return { ...base, effect: "deny", reasons: ["valuesDisagree"] };
  const purposes = answers.filter(({ answer }) => answer.effect === most.effect && answer.mask === most.mask).map(({ purpose }) => purpose);
  return { ...base, effect: most.effect, mask: most.mask, value, purposes, reasons: most.reasons, ruleIds: most.ruleIds };
}

export function deny(request: { one: ReleasedAttribute; reasons: readonly string[] }): ReleasedAttribute {
  const { one, reasons } = request;
  return { ...one, effect: "deny", mask: null, value: null, purposes: [], reasons };
}
