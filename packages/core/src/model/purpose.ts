import type { PurposeKind } from "../regime/purpose-kind.ts";

/** What a purpose asks of a grant in a jurisdiction; a grant that misses something is recorded as `requested`. */
export interface PurposeDemand {
  /** The grant says `explicit: true` (GDPR art. 9(2)(a), 22, 49). */
  readonly explicit?: boolean | undefined;
  /** The grant says `separate: true` (PIPL art. 23, 29, 39; 152-FZ art. 9). */
  readonly separate?: boolean | undefined;
  /** The grant is `confirmed`, with a confirmation that came back on its own channel. */
  readonly doubleOptIn?: boolean | undefined;
  /** A guardian acts for anyone who may be younger than this; an unknown age may be. */
  readonly guardianBelow?: number | undefined;
  /** The notice stands alone (152-FZ art. 9 since 2025-09-01). */
  readonly standalone?: boolean | undefined;
}

/** One version of a purpose. Immutable: a changed meaning is a new version. */
export interface Purpose {
  /** Dotted, such as `marketing.email`; the same through all versions. */
  readonly key: string;
  /** Compared as text; no order is read into it. */
  readonly version: string;
  /** What people read, by locale. */
  readonly label: Readonly<Record<string, string>>;
  readonly basis: LegalBasis;
  /** `optIn` permits with a standing grant only; the others until the person refuses. */
  readonly mechanism: "optIn" | "optOut" | "noticeOnly";
  /** Empty: the purpose has no channels, its state is under `*`. */
  readonly channels: readonly string[];
  /** Dotted patterns of the attributes that the purpose needs (`address.*`, `*`). */
  readonly attributes: readonly string[];
  /** Who is given the attributes beside the controller; empty: nobody. */
  readonly recipients: readonly string[];
  /** ISO 8601 duration that data may be kept for the purpose, from the person's latest relation to it; absent: no end by time. */
  readonly retention?: string | undefined;
  /** The same for people of a country, or of `EU` (the European Economic Area); the country's own entry comes first. */
  readonly retentionIn?: Readonly<Record<string, string>> | undefined;
  /** ISO 8601 duration that a grant holds from its `occurredAt`. */
  readonly validity?: string | undefined;
  /** Earlier versions whose grants stay good. */
  readonly covers: readonly string[];
  /** By country, `EU` or another region of the residency rules, or `*`; the strictest of all that apply holds. */
  readonly demands: Readonly<Record<string, PurposeDemand>>;
  /** How laws read it; outside its digest, since it changes nothing of what people were told. Absent: told from the rest, or not at all. */
  readonly kind?: PurposeKind | undefined;
}

/** GDPR art. 6(1) a to f. */
export type LegalBasis =
  | "consent"
  | "contract"
  | "legalObligation"
  | "vitalInterests"
  | "publicTask"
  | "legitimateInterests";
