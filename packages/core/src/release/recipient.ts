export const RECIPIENT_KINDS = ["partner", "destination", "till"] as const;
/** What a recipient is to the brand. */
export type RecipientKind = (typeof RECIPIENT_KINDS)[number];

/** Who would be given a value: a third party, a system of the configuration, or a till of a store. */
export interface Recipient {
  readonly kind: RecipientKind;
  /** A partner's name in purposes, a destination's id, a store. */
  readonly id: string;
}

const RECIPIENT = /^(?:(partner|destination|till):)?([A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?)$/;

/** `partner:NAME`, `destination:ID`, `till:STORE`. */
export function toRecipientText({ kind, id }: Recipient): string {
  return `${kind}:${id}`;
}

/** A kind alone, one of a kind, or a name whose kind is open; null for anything else. `till:*` is all tills. */
export function readRecipientPattern(text: string): { readonly kind: RecipientKind | null; readonly id: string | null } | null {
  const kind = RECIPIENT_KINDS.find((candidate) => text === candidate || text === `${candidate}:*`);
  if (kind !== undefined) return { kind, id: null };
  const [, named, id] = RECIPIENT.exec(text) ?? [];
  if (id === undefined) return null;
  return { kind: RECIPIENT_KINDS.find((candidate) => candidate === named) ?? null, id };
}

export function matchesRecipient(request: { patterns: readonly string[]; recipient: Recipient }): boolean {
  const { patterns, recipient } = request;
  return patterns.some((text) => {
    const pattern = readRecipientPattern(text);
    if (pattern === null) return false;
    // A name without a kind is a partner's or a destination's: stores are always written with theirs.
    const isOfKind = pattern.kind === null ? recipient.kind !== "till" : pattern.kind === recipient.kind;
    return isOfKind && (pattern.id === null || pattern.id === recipient.id);
  });
}
