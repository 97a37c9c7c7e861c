import type { AgeBand } from "../model/age-band.ts";
import type { ReleaseEffect, ReleaseMask } from "./release-rule.ts";

/**
 * An engine of the brand's own (OPA, Cedar, PingAuthorize) that is asked beside the rules, in one call a person. It can only
 * take away: the lesser of its verdict and the rules' stands. Where it fails, answers late, or answers anything but one
 * verdict a question in order, nothing is released.
 */
export interface PolicyDecisionPoint {
  /** One verdict a question, in their order. A rejection, or an answer after `signal` aborted, releases nothing. */
  decide(request: { questions: readonly DecisionPointQuestion[]; signal: AbortSignal }): Promise<readonly DecisionPointVerdict[]>;
}

/** Names and codes; never a value of the person's, and nothing that names them. */
export interface DecisionPointQuestion {
  /** Key of a purpose. */
  readonly purpose: string;
  /** Dotted name. */
  readonly attribute: string;
  /** `partner:NAME`, `destination:ID` or `till:STORE`. */
  readonly recipient: string;
  /** Null where nobody knows. */
  readonly country: string | null;
  /** ISO 3166-2; null where nobody knows. */
  readonly subdivision: string | null;
  readonly ageBand: AgeBand;
  readonly effect: ReleaseEffect;
  /** Of the rules that gave `effect`; see `ReleaseAnswer.policyHash`. */
  readonly policyHash: string;
}

/** What a decision point answers for one attribute. */
export interface DecisionPointVerdict {
  readonly effect: ReleaseEffect;
  /** Of `mask`; the stricter of it and the rules' own is applied. */
  readonly mask?: ReleaseMask | undefined;
}
