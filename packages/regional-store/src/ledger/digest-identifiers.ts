import { canonicalise, ConnectorError, toUtf8, type Identifier } from "@volenti/core/adapter";
import { CONNECTOR_ID } from "../error/map-postgres-error.ts";
import type { KeyDirectory } from "./key-directory.ts";

/** How the store knows an identifier. All digests in the text form of `bytea`. */
export interface IdentifierDigests {
  readonly kind: string;
  readonly keyId: string;
  readonly digest: string;
  /** Under retired keys: for finding, never for linking. */
  readonly older: readonly string[];
  readonly suppressionKeyId: string;
  readonly suppressionDigest: string;
  /** Under the active key and the retired ones. */
  readonly suppressions: readonly string[];
}

/**
 * Digests identifiers, in order: one call of the keyring a key, however many there are. Rejects with `invalidInput` where
 * one is no text (half a surrogate pair), which has no digest.
 */
export async function digestIdentifiers(request: {
  identifiers: readonly Identifier[];
  controllerId: string;
  keys: KeyDirectory;
  operation: string;
}): Promise<readonly IdentifierDigests[]> {
  const { identifiers, controllerId, keys, operation } = request;
  if (identifiers.length === 0) return [];
  if (!identifiers.every(({ value }) => value.isWellFormed())) {
    throw new ConnectorError({ code: "invalidInput", connectorId: CONNECTOR_ID, operation, fieldNames: ["identifiers"] });
  }
  const messages = identifiers.map(({ kind, value }) => toUtf8(canonicalise([controllerId, kind, value])));
  const [blind, suppression] = await Promise.all([
    keys.digest({ use: "blindIndex", messages }),
    keys.digest({ use: "suppression", messages }),
  ]);
  return identifiers.map(({ kind }, index) => {
    const suppressionDigest = suppression.active[index] ?? "";
    return {
      kind,
      keyId: blind.keyId,
      digest: blind.active[index] ?? "",
      older: blind.older[index] ?? [],
      suppressionKeyId: suppression.keyId,
      suppressionDigest,
      suppressions: [suppressionDigest, ...(suppression.older[index] ?? [])],
    };
  });
}
