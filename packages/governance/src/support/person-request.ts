import { ConnectorError, type Volenti } from "@volenti/core";
import type { Identifier, IdentifierKind } from "@volenti/core/adapter";

/** A person as somebody names them: normalised as submissions' identifiers are. */
export interface PersonRequest {
  /** In flight only: neither kept nor printed. */
  readonly identifier: { readonly kind: IdentifierKind; readonly value: string };
}

/** The identifier in its one form; a value that is none of its kind is a `ConnectorError` `invalidInput`. */
export function readIdentifier(request: {
  volenti: Volenti;
  person: PersonRequest;
  operation: string;
}): Identifier {
  const { volenti, person, operation } = request;
  const identifier = volenti.normaliseIdentifier(person.identifier);
  if (identifier !== null) return identifier;
  throw new ConnectorError({
    code: "invalidInput",
    connectorId: "governance",
    operation,
    providerCode: "malformedIdentifier",
    fieldNames: ["identifier"],
  });
}
