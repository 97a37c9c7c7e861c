import { toRecipientText, type Recipient, type ReleaseAnswer, type ReleaseFacts, type ReleasePolicy } from "@volenti/core";

/** Why an attribute is given or not. */
export interface PolicyExplanation extends Omit<ReleaseAnswer, "policyHash"> {
  /** `partner:NAME`, `destination:ID` or `till:STORE`. */
  readonly recipient: string;
  /** Key of the purpose. */
  readonly purpose: string;
  /** Dotted name. */
  readonly attribute: string;
  /** What the rules alone come to: a ground that no rule overcomes comes on top. */
  readonly rulesAlone: Pick<ReleaseAnswer, "effect" | "mask" | "reasons" | "ruleIds">;
  /** SHA-256 of the policy's canonical form, hexadecimal: which rules answered. */
  readonly policyHash: string;
}

/** Answers for each attribute, with what became of every rule. */
export function explainPolicy(request: {
  policy: ReleasePolicy;
  recipient: Recipient;
  purposes: readonly string[];
  attributes: readonly string[];
  factsOf: (purpose: string) => ReleaseFacts;
}): readonly PolicyExplanation[] {
  const { policy, recipient, purposes, attributes, factsOf } = request;
  return purposes.flatMap((purpose) =>
    attributes.map((attribute) => {
      const question = { purpose, attribute, recipient, facts: factsOf(purpose) };
      const { effect, mask, reasons, ruleIds } = policy.judge(question);
      return { recipient: toRecipientText(recipient), purpose, attribute, ...policy.answer(question), rulesAlone: { effect, mask, reasons, ruleIds } };
    }),
  );
}
