import type { AgeBand } from "../model/age-band.ts";

/** What is known of a person when somebody asks for their data. Whatever is not known is never in favour of giving. */
export interface ReleaseFacts {
  /** ISO 3166-1 alpha-2; null where nobody knows. */
  readonly country: string | null;
  /** ISO 3166-2 (`US-CA`); null where nobody knows. */
  readonly subdivision: string | null;
  readonly ageBand: AgeBand;
  /** By purpose key; a purpose that is absent was read, and nothing stands. Null: it could not be read. */
  readonly consents: ReadonlyMap<string, PurposeConsent> | null;
  /** Null where it could not be read. */
  readonly isRestricted: boolean | null;
  /** Attribute patterns under an erasure hold; null where they could not be read. */
  readonly heldAttributes: readonly string[] | null;
}

/** What stands for one purpose, over its channels. */
export interface PurposeConsent {
  /** Whether the purpose's mechanism permits it on some channel: with a grant, or (opt-out, notice only) until refused. */
  readonly isPermitted: boolean;
  /** A grant stands on some channel. */
  readonly isGranted: boolean;
  /** A refusal stands on some channel. */
  readonly isRefused: boolean;
  /** What each permitting channel is narrowed to; null: all that the purpose names. */
  readonly scopes: readonly ConsentScope[];
}

/** To which recipients and attributes a consent is narrowed. */
export interface ConsentScope {
  /** Patterns; null: all that the purpose names. */
  readonly attributes: readonly string[] | null;
  /** Null: all that the purpose names. */
  readonly recipients: readonly string[] | null;
}
