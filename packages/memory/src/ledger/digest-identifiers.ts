import {
  canonicalise,
  ConnectorError,
  toHexadecimal,
  toUtf8,
  type ConnectorContextV1,
  type Identifier,
  type IdentifierKind,
  type MacUse,
} from "@volenti/core/adapter";
import { CONNECTOR_ID } from "../transport/memory-session.ts";

/** The keyed digests of an identifier: some find the person, the others remember only that somebody was erased. */
export interface IdentifierDigests {
  readonly kind: IdentifierKind;
  readonly blindIndex: string;
  readonly suppression: string;
  readonly suppressionKeyId: string;
  /** The same by earlier keys: for finding, never for writing. */
  readonly older: { readonly blindIndex: readonly string[]; readonly suppression: readonly string[] };
}

/** One call on the keyring a key, however many identifiers; answers in their order. `invalidInput` for what is no text. */
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
    digestByEachKey({ use: "blindIndex", messages, context }),
    digestByEachKey({ use: "suppression", messages, context }),
  ]);
  return identifiers.map(({ kind }, index) => ({
    kind,
    suppressionKeyId: suppression.keyId,
    blindIndex: digestAt({ macs: blindIndex.active, index }),
    suppression: digestAt({ macs: suppression.active, index }),
    older: {
      blindIndex: blindIndex.older.map((macs) => digestAt({ macs, index })),
      suppression: suppression.older.map((macs) => digestAt({ macs, index })),
    },
  }));
}

interface DigestsByKey {
  readonly keyId: string;
  readonly active: readonly Uint8Array[];
  /** By key, then in the order of the messages. */
  readonly older: readonly (readonly Uint8Array[])[];
}

async function digestByEachKey(request: { use: MacUse; messages: readonly Uint8Array[]; context: ConnectorContextV1 }): Promise<DigestsByKey> {
  const { use, messages, context } = request;
  const { keyring } = context;
  const { keyId, macs: active } = await keyring.mac({ use, messages });
  const others = (await keyring.describe()).filter((key) => key.kind === use && key.keyId !== keyId);
  const older = await Promise.all(others.map(async (key) => (await keyring.mac({ use, keyId: key.keyId, messages })).macs));
  return { keyId, active, older };
}

function digestAt(request: { macs: readonly Uint8Array[]; index: number }): string {
  const digest = request.macs[request.index];
  if (digest === undefined) throw new TypeError("the keyring answered fewer digests than it was asked for");
  return toHexadecimal(digest);
}
