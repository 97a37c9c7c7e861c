import type { Volenti } from "@volenti/core";
import type { Identifier } from "@volenti/core/adapter";

/** The first identifier of a made-up submission, as destinations know it. */
export function identifierOf(request: { volenti: Volenti; submission: unknown }): Identifier {
  const { volenti, submission } = request;
  const { subject: { identifiers: [first] } } = submission as { subject: { identifiers: Identifier[] } };
  const identifier = first === undefined ? null : volenti.normaliseIdentifier(first);
  if (identifier === null) throw new Error("a submission without an identifier");
  return identifier;
}
