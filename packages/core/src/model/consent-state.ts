import type { StandingStatus } from "./consent-status.ts";

/** The channel of a state that holds for a purpose without channels, and for channels added later. */
export const ANY_CHANNEL = "*";

/**
 * What stands for one subject × purpose × channel: the greatest decision, and what a reader needs to judge it.
 * Rows are compared by {@link compareConsentStates}; a store keeps the greater of two.
 */
export interface ConsentState {
  /** Key of the purpose. */
  readonly purpose: string;
  /** A channel of the purpose, or `*`. */
  readonly channel: string;
  /** The decision that stands. */
  readonly decisionId: string;
  readonly status: StandingStatus;
  /** Epoch milliseconds: when a grant was given, or a refusal was learnt of. */
  readonly effectiveAt: number;
  /** The version that the decision names; whether a grant of it is still good, the catalogue says. */
  readonly purposeVersion: string;
  /** Epoch milliseconds after which a grant no longer holds; null: for as long as its purpose version does. */
  readonly validUntil: number | null;
  /** The recipients that a grant is narrowed to; null: all that its purpose version names. */
  readonly recipients: readonly string[] | null;
  /** The attribute patterns that a grant is narrowed to; null: all that its purpose version names. */
  readonly attributes: readonly string[] | null;
}

/** What a state answers when it is read. Only `granted` permits an `optIn` purpose; only `refused` stops the others. */
export type ConsentAnswer = "granted" | "refused" | "unknown";
