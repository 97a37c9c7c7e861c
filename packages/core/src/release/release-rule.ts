import type { AgeBand } from "../model/age-band.ts";
import type { PolicyDecisionPoint } from "./policy-decision-point.ts";
import type { AttemptLimiter } from "./attempt-limiter.ts";

/** How much of a value is given. From `release` over `mask` to `deny` each gives less; the least that applies stands. */
export type ReleaseEffect = "release" | "mask" | "deny";

/** Strictest first: where several masks may apply, the first of this order is taken. */
export const RELEASE_MASKS = ["keyedToken", "countryOnly", "yearOnly", "domainOnly", "initial", "last4"] as const;
/** How a value may be made coarser. */
export type ReleaseMask = (typeof RELEASE_MASKS)[number];

/** A band that is known: whoever is of unknown age is in none of them for certain, and may be in each. */
export type KnownAgeBand = Exclude<AgeBand, "unknown">;

/** What a brand writes under `release` in its configuration. */
export interface ReleaseConfiguration {
  /** In any order: order changes nothing. */
  readonly rules: readonly ReleaseRule[];
  /**
   * Where those who are no destination have their data: partners by the name that purposes give them, tills as
   * `till:STORE` or `till`. One who is not listed is nowhere known, and residency refuses what depends on the place.
   */
  readonly recipients?: Readonly<Record<string, RecipientDeclaration>> | undefined;
  /** Another engine that is asked beside the rules; it can only take away. Asked for partners and tills. */
  readonly decisionPoint?: PolicyDecisionPoint | undefined;
  /** Shared memory of failed scans at tills; default: this process's own. */
  readonly attemptLimiter?: AttemptLimiter | undefined;
}

/** A recipient as the configuration names it. */
export interface RecipientDeclaration {
  /** A country code, or a region of the residency rules such as `EU`. */
  readonly region: string;
  /** On what data goes to a region outside the person's own; absent: none is declared. */
  readonly transferMechanism?: string | undefined;
}

/** One rule of the policy; the most restrictive that matches wins. */
export interface ReleaseRule {
  /** Unique in the policy; answers and tests name the rule by it. */
  readonly id: string;
  readonly effect: ReleaseEffect;
  /** Of a `mask` rule, and of no other. */
  readonly mask?: ReleaseMask | undefined;
  /** Every member that is given has to match; one that is absent matches all. */
  readonly match?: ReleaseMatch | undefined;
  /** All of them have to be true. */
  readonly when?: readonly ReleaseCondition[] | undefined;
  /** None of them may be true. */
  readonly unless?: readonly ReleaseCondition[] | undefined;
}

/** What a rule is about; every condition that is given must hold. */
export interface ReleaseMatch {
  /** Keys, or all below one: `marketing.*`. */
  readonly purposes?: readonly string[] | undefined;
  /** Dotted patterns: `email`, `address.*`, `*`. */
  readonly attributes?: readonly string[] | undefined;
  /** A partner or destination by name, `partner:NAME`, `destination:ID`, `till:STORE`; or all of a kind: `partner`, `destination`, `till`. */
  readonly recipients?: readonly string[] | undefined;
  /** Where the person is: `FR`, `US-CA`, or a region of the residency rules such as `EU`. */
  readonly jurisdictions?: readonly string[] | undefined;
  /** Of the attribute. */
  readonly categories?: readonly string[] | undefined;
  /** Of the attribute; where nobody said how sensitive it is, the rule is `unknown`. */
  readonly sensitivities?: readonly ("normal" | "sensitive")[] | undefined;
  /** Of the person; an unknown age makes the rule `unknown`. */
  readonly ageBands?: readonly KnownAgeBand[] | undefined;
}

/** True, false, or unknown where it is not known. */
export type ReleaseCondition =
  /** What stands for a purpose; absent: the purpose that is asked about. On several channels: `granted` or `refused` on any. */
  | { readonly consent: "granted" | "refused"; readonly purpose?: string | undefined }
  | { readonly ageBands: readonly KnownAgeBand[] }
  | { readonly jurisdictions: readonly string[] };
