import { readRecipientPattern, type Recipient, type RecipientKind } from "./recipient.ts";
import type { ReleasePolicy } from "./release-policy.ts";

/**
 * Who is meant by `ad-partner`, `crm`, `partner:ad-partner` or `till:paris`: `unknownRecipient` where nobody is,
 * `ambiguousRecipient` where a partner and a destination have one name.
 */
export function resolveRecipient(request: { text: string; policy: Pick<ReleasePolicy, "knows"> }): Recipient | "unknownRecipient" | "ambiguousRecipient" {
  const { text, policy } = request;
  const pattern = readRecipientPattern(text);
  if (pattern === null || pattern.id === null) return "unknownRecipient";
  const { id } = pattern;
  const kinds: readonly RecipientKind[] = pattern.kind === null ? ["partner", "destination"] : [pattern.kind];
  const [first, ...others] = kinds.map((kind): Recipient => ({ kind, id })).filter((recipient) => policy.knows(recipient));
  if (first === undefined) return "unknownRecipient";
  return others.length === 0 ? first : "ambiguousRecipient";
}
