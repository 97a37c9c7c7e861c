import {
  canonicalise,
  ConnectorError,
  toHexadecimal,
  toUtf8,
  type ConnectorContextV1,
  type Identifier,
  type IdentifierKind,
} from "@volenti/core/adapter";
import { CONNECTOR_ID } from "../transport/memory-session.ts";

/** The two keyed digests of an identifier: one finds the person, the other remembers only that somebody was erased. */
export interface IdentifierDigests {
  readonly kind: IdentifierKind;
  readonly blindIndex: string;
  readonly suppression: string;
  readonly suppressionKeyId: string;
}

/** One call on the keyring a use, however many identifiers; answers in their order. `invalidInput` for what is no text. */
export async function digestIdentifiers(request: {
  identifiers: readonly Identifier[];
  context: ConnectorContextV1;
  operation: string;
}): Promise<readonly IdentifierDigests[]> {
  const { identifiers, context, operation } = request;
  if (identifiers.length === 0) return [];
  if (identifiers.some(({ value }) => !value.isWellFormed())) {
    throw new ConnectorError({ code: "invalidInput", connectorId: CONNECTOR_ID, operation, fieldNames: ["identifiers"] });
  }
  const messages = identifiers.map(({ kind, value }) => toUtf8(canonicalise([context.controllerId, kind, value])));
  const [blindIndex, suppression] = await Promise.all([
    context.keyring.mac({ use: "blindIndex", messages }),
    context.keyring.mac({ use: "suppression", messages }),
  ]);
  return identifiers.map(({ kind }, index) => ({
    kind,
    suppressionKeyId: suppression.keyId,
    blindIndex: toHexadecimal(digestAt({ macs: blindIndex.macs, index })),
    suppression: toHexadecimal(digestAt({ macs: suppression.macs, index })),
  }));
}

function digestAt(request: { macs: readonly Uint8Array[]; index: number }): Uint8Array {
  const digest = request.macs[request.index];
  if (digest === undefined) throw new TypeError("the keyring answered fewer digests than it was asked for");
  return digest;
}
