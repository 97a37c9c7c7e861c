import type { PublicKey } from "@volenti/core";
import type { Keyring } from "@volenti/core/adapter";

/** The keyring's public keys, retired ones included: what they signed stays signed. */
export async function listPublicKeys(keyring: Keyring): Promise<readonly PublicKey[]> {
  const keys = await keyring.describe();
  return keys.flatMap(({ publicKey }) => (publicKey === undefined ? [] : [publicKey]));
}
