import { canonicalise, toHexadecimal, toUtf8, type ConnectorContextV1, type ConsentState, type JsonValue } from "@volenti/core/adapter";

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
  const digests = await crypto.sha256(sources.map((source) => toUtf8(canonicalise(source))));
  return digests.map(toHexadecimal);
}

export async function stateKey(request: { crypto: Crypto; ref: string; purpose: string; channel: string }): Promise<string> {
  const [key = ""] = await digestKeys({ crypto: request.crypto, sources: [stateKeySource(request)] });
  return key;
}

/** The unique keys in the row of one state: its own, and those of the catalogue's records that it names. */
export interface StateKeys {
  readonly own: string;
  readonly purpose: string;
  readonly channel: string;
}

export interface KeyedState {
  readonly state: ConsentState;
  readonly keys: StateKeys;
}

/** The keys of the states of many people. */
export interface DigestedKeys {
  /** Of each state, one person after the other. */
  readonly own: readonly string[];
  /** Of the catalogue's records, by purpose and by channel. */
  readonly purposes: ReadonlyMap<string, string>;
  readonly channels: ReadonlyMap<string, string>;
}

/** The keys of a purpose and of a channel are made once for all. */
export async function digestStateKeys(request: {
  crypto: Crypto;
  controllerId: string;
  people: readonly { readonly ref: string; readonly states: readonly ConsentState[] }[];
}): Promise<DigestedKeys> {
  const { crypto, controllerId, people } = request;
  const sources: KeySource[] = [];
  const purposes = new Set<string>();
  const channels = new Set<string>();
  for (const { ref, states } of people) {
    for (const { purpose, channel } of states) {
      sources.push(stateKeySource({ ref, purpose, channel }));
      purposes.add(purpose);
      channels.add(channel);
    }
  }
  return {
    own: await digestKeys({ crypto, sources }),
    purposes: await digestEach({ crypto, values: [...purposes], toSource: (purpose) => purposeKeySource({ controllerId, purpose }) }),
    channels: await digestEach({ crypto, values: [...channels], toSource: (channel) => channelKeySource({ controllerId, channel }) }),
  };
}

/** A state with its keys. `position`: its place among the states of all people. */
export function withKeys(request: { digested: DigestedKeys; state: ConsentState; position: number }): KeyedState {
  const { digested, state, position } = request;
  const { own, purposes, channels } = digested;
  return { state, keys: { own: own[position] ?? "", purpose: purposes.get(state.purpose) ?? "", channel: channels.get(state.channel) ?? "" } };
}

async function digestEach(request: { crypto: Crypto; values: readonly string[]; toSource: (value: string) => KeySource }): Promise<ReadonlyMap<string, string>> {
  const { crypto, values, toSource } = request;
  const keys = await digestKeys({ crypto, sources: values.map(toSource) });
  return new Map(values.map((value, index) => [value, keys[index] ?? ""]));
}
