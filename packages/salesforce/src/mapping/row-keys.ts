import { canonicalise, toHexadecimal, toUtf8, type ConnectorContextV1, type JsonValue } from "@volenti/core/adapter";

type Crypto = ConnectorContextV1["crypto"];

/** What a unique key is a digest of. Digests, because external ids ignore letter case, and purposes do not. */
export type KeySource = readonly JsonValue[];

export function stateKeySource(request: { ref: string; purpose: string; channel: string }): KeySource {
  return [request.ref, request.purpose, request.channel];
}

/** Under which `provision` keeps a purpose as a DataUsePurpose. */
export function purposeKeySource(request: { controllerId: string; purpose: string }): KeySource {
  return ["purpose", request.controllerId, request.purpose];
}

/** Under which `provision` keeps a channel as an EngagementChannelType. */
export function channelKeySource(request: { controllerId: string; channel: string }): KeySource {
  return ["channel", request.controllerId, request.channel];
}

/** SHA-256 of the RFC 8785 form of each source, 64 hexadecimal digits, in their order. */
export async function digestKeys(request: { crypto: Crypto; sources: readonly KeySource[] }): Promise<readonly string[]> {
  const { crypto, sources } = request;
  const digests = await crypto.sha256(sources.map((source) => toUtf8(canonicalise([...source]))));
  return digests.map(toHexadecimal);
}

export async function stateKey(request: { crypto: Crypto; ref: string; purpose: string; channel: string }): Promise<string> {
  const [key = ""] = await digestKeys({ crypto: request.crypto, sources: [stateKeySource(request)] });
  return key;
}

/** Digests of many sources, each made once: `keyOf` answers from those that were announced. */
export async function createKeyTable(request: {
  crypto: Crypto;
  sources: Iterable<KeySource>;
}): Promise<{ keyOf: (source: KeySource) => string }> {
  const texts = new Map([...request.sources].map((source) => [JSON.stringify(source), source] as const));
  const digests = await digestKeys({ crypto: request.crypto, sources: [...texts.values()] });
  const table = new Map([...texts.keys()].map((text, index) => [text, digests[index] ?? ""] as const));
  return { keyOf: (source) => table.get(JSON.stringify(source)) ?? "" };
}
