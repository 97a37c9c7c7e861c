import type { Recipient } from "./recipient.ts";
import type { ReleaseFacts } from "./release-facts.ts";
import type { ReleaseEffect, ReleaseMask, ReleaseRule, RecipientDeclaration } from "./release-rule.ts";
import type { ReleaseWorld } from "./release-world.ts";

/** A policy that was checked, compiled once. Pure: the same question always has the same answer. */
export interface ReleasePolicy {
  /** SHA-256 of the RFC 8785 form of {@link ReleasePolicy.source}, hexadecimal. The order of rules does not change it. */
  readonly hash: string;
  readonly source: PolicySource;
  readonly world: ReleaseWorld;
  /** What one recipient may be given of one attribute for one purpose. */
  answer(question: ReleaseQuestion): ReleaseAnswer;
  /** The rules alone, without residency, custody, purpose and consent: what a destination may keep after minimisation. */
  judge(question: ReleaseQuestion): RuleVerdict;
  /** Whether any rule bears on a destination: where none does, nothing needs to be asked for it. */
  concernsDestination(destinationId: string): boolean;
  /** Whether a recipient may be asked about: a partner of a purpose, a destination, a till of a kind that a rule or a declaration names. */
  knows(recipient: Recipient): boolean;
}

/** What the hash is of: rules sorted by id, lists sorted and without repetition. */
export interface PolicySource {
  readonly schema: "volenti-release-policy-1";
  /** Sorted by id. */
  readonly rules: readonly ReleaseRule[];
  /** By name. */
  readonly recipients: Readonly<Record<string, RecipientDeclaration>>;
}

/** What is asked of the policy: one attribute, for one recipient and purpose. */
export interface ReleaseQuestion {
  /** Key of a purpose. */
  readonly purpose: string;
  /** Dotted name. */
  readonly attribute: string;
  readonly recipient: Recipient;
  readonly facts: ReleaseFacts;
}

/** What the policy answers, with its reasons. */
export interface ReleaseAnswer {
  readonly effect: ReleaseEffect;
  /** Null unless the effect is `mask`. */
  readonly mask: ReleaseMask | null;
  /** Why, as codes: the ground that no rule overcomes, else what the rules came to. */
  readonly reasons: readonly string[];
  /** The rules that decided, sorted. */
  readonly ruleIds: readonly string[];
  /** SHA-256 of the policy's canonical form, hexadecimal: which rules were asked. */
  readonly policyHash: string;
  /** Every rule of the policy in the order of ids, and what became of it, also where a ground refused already. */
  readonly trace: readonly RuleTrace[];
}

/** What one rule made of a question. */
export interface RuleTrace {
  /** As the policy names it. */
  readonly ruleId: string;
  readonly effect: ReleaseEffect;
  /** `unknown`: something it asks is not known; it then gives nothing, and takes away as if it matched. */
  readonly outcome: "matched" | "notMatched" | "unknown";
  /** `person`: place, age or conditions; the others are members of `match`. Null where it matched. */
  readonly by: "purposes" | "attributes" | "recipients" | "person" | null;
}

/** What one rule says. An unknown never gives. */
export type RuleVerdict = Pick<ReleaseAnswer, "effect" | "mask" | "reasons" | "ruleIds" | "trace">;
