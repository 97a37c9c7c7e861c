import type { IdentifierKind } from "@volenti/core/adapter";

/**
 * Whether a stored value is the identifier. SOQL compares without regard to case and trailing blanks: what it answers is
 * compared again. Of e-mail addresses the case is no difference here either: a profile keeps the address as the person
 * writes it, and the identifier that names the person is normalised.
 */
export function isSameIdentifier(request: { kind: IdentifierKind; stored: unknown; value: string }): boolean {
  const { kind, stored, value } = request;
  if (typeof stored !== "string") return false;
  return kind === "email" ? stored.toLowerCase() === value.toLowerCase() : stored === value;
}
