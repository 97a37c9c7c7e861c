import { randomBytes, randomUUID } from "node:crypto";
import type { Keyring } from "@volenti/core/adapter";

const KEY_LENGTH = 32;

/** A person's data key as the store keeps it: wrapped by the brand's key-encryption key, which the store never sees. */
export interface WrappedDataKey {
  readonly dataKeyId: string;
  readonly keyId: string;
  /** Hexadecimal. */
  readonly wrapped: string;
}

export interface OpenedDataKey {
  readonly stored: WrappedDataKey;
  readonly dataKey: Uint8Array;
}

/** Makes a data key each, wrapped under the ref: one call of the keyring. */
export async function makeDataKeys(request: { refs: readonly string[]; keyring: Keyring }): Promise<readonly OpenedDataKey[]> {
  const { refs, keyring } = request;
  if (refs.length === 0) return [];
  const drawn = randomBytes(KEY_LENGTH * refs.length);
  // Each a copy: whoever keeps one of them keeps no other.
  const keys = refs.map((_, index) => new Uint8Array(drawn.subarray(index * KEY_LENGTH, (index + 1) * KEY_LENGTH)));
  const { keyId, wrapped } = await wrapDataKeys({ keys: keys.map((dataKey, index) => ({ ref: refs[index] ?? "", dataKey })), keyring });
  return keys.map((dataKey, index) => ({ dataKey, stored: { dataKeyId: randomUUID(), keyId, wrapped: present(wrapped[index]) } }));
}

/** Wraps data keys under their refs, in order, by the active key: one call of the keyring. `wrapped`: hexadecimal. */
export async function wrapDataKeys(request: {
  keys: readonly { ref: string; dataKey: Uint8Array }[];
  keyring: Keyring;
}): Promise<{ keyId: string; wrapped: readonly string[] }> {
  const { keys, keyring } = request;
  const { keyId, wrapped } = await keyring.wrap({ keys: keys.map(({ ref, dataKey }) => ({ key: dataKey, context: contextOf(ref) })) });
  return { keyId, wrapped: keys.map((_, index) => Buffer.from(present(wrapped[index])).toString("hex")) };
}

/** Unwraps data keys, in order: one call of the keyring. */
export async function openDataKeys(request: {
  keys: readonly { ref: string; stored: WrappedDataKey }[];
  keyring: Keyring;
}): Promise<readonly OpenedDataKey[]> {
  const { keys, keyring } = request;
  if (keys.length === 0) return [];
  const opened = await keyring.unwrap({
    keys: keys.map(({ ref, stored }) => ({
      keyId: stored.keyId,
      wrapped: new Uint8Array(Buffer.from(stored.wrapped, "hex")),
      context: contextOf(ref),
    })),
  });
  return keys.map(({ stored }, index) => ({ stored, dataKey: present(opened[index]) }));
}

function contextOf(ref: string): string {
  return `volenti-data-key-1|${ref}`;
}

function present<Answer>(answer: Answer | undefined): Answer {
  if (answer === undefined) throw new TypeError("the keyring answered fewer keys than it was asked for");
  return answer;
}
