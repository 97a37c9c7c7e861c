/** How a person can be named. `token` and `apple` are reserved for wallet and till tokens and for Sign in with Apple. */
export const IDENTIFIER_KINDS = ["email", "phone", "loyaltyId", "token", "apple", "externalId"] as const;
/** What an identifier is. */
export type IdentifierKind = (typeof IDENTIFIER_KINDS)[number];

/** Names a person while a submission is in flight; stored only as a keyed digest, and only where a ledger links it. */
export interface Identifier {
  readonly kind: IdentifierKind;
  /** Normalised, as `Volenti.normaliseIdentifier` does. */
  readonly value: string;
}
