import type { ConnectorContextV1, Identifier, IdentifierKind } from "@volenti/core/adapter";
import { findLink } from "../ledger/consult-ledger.ts";
import { digestIdentifiers } from "../ledger/digest-identifiers.ts";
import type { MemoryRecords } from "../transport/memory-records.ts";

/** The attributes by which people are found where no ledger links their identifiers. */
const ATTRIBUTES: Readonly<Partial<Record<IdentifierKind, string>>> = { email: "email", phone: "phoneNumber" };

/**
 * The refs of all whom one of the identifiers names, each once, in the order of the identifiers. With a ledger also of
 * those whom it only reserved, of whom there is nothing but links.
 */
export async function matchPeople(request: {
  records: MemoryRecords;
  identifiers: readonly Identifier[];
  context: ConnectorContextV1;
  operation: string;
  hasLedger: boolean;
}): Promise<readonly string[]> {
  const { records, identifiers, context, operation, hasLedger } = request;
  if (!hasLedger) return [...new Set(identifiers.flatMap((identifier) => matchByProfile({ records, identifier })))];
  const digests = await digestIdentifiers({ identifiers, context, operation });
  const refs = digests.flatMap((digest) => findLink({ records, digest })?.ref ?? []);
  return [...new Set(refs)];
}

function matchByProfile(request: { records: MemoryRecords; identifier: Identifier }): string[] {
  const { records, identifier } = request;
  const attribute = ATTRIBUTES[identifier.kind];
  if (attribute === undefined) return [];
  return [...records.people.values()]
    .filter(({ attributes }) => attributes.get(attribute)?.value === identifier.value)
    .map(({ ref }) => ref);
}
