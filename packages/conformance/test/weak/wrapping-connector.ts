import { ConnectorError, toHexadecimal, type ConnectorContextV1, type ConnectorV1, type Keyring, type RewrappingFacetV1, type WrappedCountV1 } from "@volenti/core/adapter";
import { createMemoryConnector, type MemorySystem } from "@volenti/memory";

/** A person's data key as the system keeps it. */
export interface WrappedKey {
  readonly keyId: string;
  readonly wrapped: Uint8Array;
}

/** What happened to one data key that was wrapped anew. */
export interface Replacement {
  readonly keys: Map<string, WrappedKey>;
  readonly ref: string;
  /** As it was looked at. */
  readonly before: WrappedKey;
  readonly after: WrappedKey;
}

/** How data keys are wrapped anew; wrong ones are what mutants have. */
export interface RewrappingHabits {
  /** Whether the data key was replaced. */
  readonly replace: (replacement: Replacement) => boolean;
  readonly refusesOutdated: boolean;
  readonly isLast: (request: { left: number }) => boolean;
}

interface KeyTable {
  /** By ref. */
  readonly keys: Map<string, WrappedKey>;
  /** By ref, hexadecimal: the data key that the person's values are under. It stands for their ciphertext. */
  readonly sealedUnder: Map<string, string>;
}

const PAGE_LENGTH = 2;
const HONEST: RewrappingHabits = {
  replace: ({ keys, ref, before, after }) => {
    if (keys.get(ref) !== before) return false;
    keys.set(ref, after);
    return true;
  },
  refusesOutdated: true,
  isLast: ({ left }) => left <= PAGE_LENGTH,
};
const tables = new WeakMap<MemorySystem, KeyTable>();

/** A connector to a system that keeps each person's values under a data key of their own, which the keyring wraps. */
export function createWrappingConnector(system: MemorySystem, habits: Partial<RewrappingHabits> = {}): ConnectorV1 {
  const memory = createMemoryConnector({ region: "EU", system });
  const table = tables.get(system) ?? { keys: new Map<string, WrappedKey>(), sealedUnder: new Map<string, string>() };
  tables.set(system, table);
  let context: ConnectorContextV1 | undefined;
  const keyring = (): Keyring => context?.keyring ?? fail("notAttached");
  const { erasure } = memory;
  return {
    ...memory,
    attach: (given) => {
      context = given;
      memory.attach(given);
    },
    intake: {
      write: async (batch) => {
        const outcomes = await memory.intake.write(batch);
        for (const { subject, profile } of batch.items) {
          if (profile !== undefined && system.records.people.has(subject.ref)) await seal({ table, ref: subject.ref, keyring: keyring() });
        }
        return outcomes;
      },
    },
    profiles: {
      ...memory.profiles,
      get: async (question) => {
        const profile = await memory.profiles.get(question);
        await open({ table, ref: question.subjectRef, keyring: keyring() });
        return profile;
      },
    },
    ...(erasure === undefined
      ? {}
      : {
          erasure: {
            ...erasure,
            erase: async (question) => {
              const outcomes = await erasure.erase(question);
              if (!system.records.people.has(question.subjectRef)) table.keys.delete(question.subjectRef);
              return outcomes;
            },
          },
        }),
    rewrapping: createRewrapping({ table, keyring, habits: { ...HONEST, ...habits } }),
  };
}

function createRewrapping(request: { table: KeyTable; keyring: () => Keyring; habits: RewrappingHabits }): RewrappingFacetV1 {
  const { table: { keys }, keyring, habits } = request;
  return {
    countWrapped: async () => countKeys([...keys.values()]),
    rewrapPage: async ({ after }) => {
      const described = (await keyring().describe()).filter(({ kind }) => kind === "keyEncryption");
      const retired = new Set(described.filter(({ status }) => status === "retired").map(({ keyId }) => keyId));
      const left = [...keys].filter(([ref]) => after === null || ref > after).toSorted(([one], [other]) => (one < other ? -1 : 1));
      const page = left.slice(0, PAGE_LENGTH);
      const old = page.filter(([, { keyId }]) => retired.has(keyId));
      const next = habits.isLast({ left: left.length }) ? null : (page.at(-1)?.[0] ?? null);
      if (old.length === 0) return { next, looked: page.length, rewrapped: [], unreadable: [] };
      const opened = await keyring().unwrap({ keys: old.map(([ref, { keyId, wrapped }]) => ({ keyId, wrapped, context: ref })) });
      const anew = await keyring().wrap({ keys: opened.map((key, index) => ({ key, context: old[index]?.[0] ?? "" })) });
      const isActive = described.some(({ keyId, status }) => keyId === anew.keyId && status === "active");
      if (!isActive && habits.refusesOutdated) fail("keyringOutdated");
      const replaced = old.filter(([ref, before], index) =>
        habits.replace({ keys, ref, before, after: { keyId: anew.keyId, wrapped: anew.wrapped[index] ?? new Uint8Array(0) } }),
      );
      return { next, looked: page.length, rewrapped: countKeys(replaced.map(([, before]) => before)), unreadable: [] };
    },
  };
}

async function seal(request: { table: KeyTable; ref: string; keyring: Keyring }): Promise<void> {
  const { table, ref, keyring } = request;
  if (table.keys.has(ref)) return;
  const key = globalThis.crypto.getRandomValues(new Uint8Array(32));
  const { keyId, wrapped } = await keyring.wrap({ keys: [{ key, context: ref }] });
  table.keys.set(ref, { keyId, wrapped: wrapped[0] ?? new Uint8Array(0) });
  table.sealedUnder.set(ref, toHexadecimal(key));
}

async function open(request: { table: KeyTable; ref: string; keyring: Keyring }): Promise<void> {
  const { table, ref, keyring } = request;
  const stored = table.keys.get(ref);
  if (stored === undefined) return;
  const [key] = await keyring.unwrap({ keys: [{ ...stored, context: ref }] });
  if (key === undefined || toHexadecimal(key) !== table.sealedUnder.get(ref)) fail("notDecryptable");
}

function countKeys(keys: readonly WrappedKey[]): readonly WrappedCountV1[] {
  const counts = new Map<string, number>();
  for (const { keyId } of keys) counts.set(keyId, (counts.get(keyId) ?? 0) + 1);
  return [...counts].map(([keyId, dataKeys]) => ({ keyId, dataKeys })).toSorted((one, other) => (one.keyId < other.keyId ? -1 : 1));
}

function fail(providerCode: string): never {
  throw new ConnectorError({ code: providerCode === "notDecryptable" ? "malformedResponse" : "invalidConfiguration", connectorId: "memory", operation: "rewrapping", providerCode });
}
