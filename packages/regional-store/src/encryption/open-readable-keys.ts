import { ConnectorError, type ConnectorErrorCode, type Keyring } from "@volenti/core/adapter";
import { openDataKeys, type OpenedDataKey, type WrappedDataKey } from "./wrapped-data-key.ts";

/** A person's data key as the store keeps it. */
export interface PersonKey {
  readonly ref: string;
  readonly stored: WrappedDataKey;
}

/** A person's data key, opened. */
export interface OpenedPersonKey {
  readonly ref: string;
  readonly opened: OpenedDataKey;
}

/** What a keyring says of a key that it was given, not of itself. */
const OF_THE_KEY: readonly ConnectorErrorCode[] = ["invalidInput", "versionMismatch", "malformedResponse", "rejectedByProvider"];

/**
 * Opens data keys: one call of the keyring, or, where one of them is damaged, a call each, so that it does not keep the others
 * shut. Rejects where the keyring itself does not work.
 */
export async function openReadableKeys(request: {
  keys: readonly PersonKey[];
  keyring: Keyring;
}): Promise<{ readable: readonly OpenedPersonKey[]; unreadable: readonly PersonKey[] }> {
  const { keys, keyring } = request;
  try {
    const opened = await openDataKeys({ keys, keyring });
    return { readable: keys.flatMap(({ ref }, index) => toPersonKey({ ref, opened: opened[index] })), unreadable: [] };
  } catch (error) {
    refuseKeyring(error);
  }
  const readable: OpenedPersonKey[] = [];
  const unreadable: PersonKey[] = [];
  for (const key of keys) {
    try {
      const [opened] = await openDataKeys({ keys: [key], keyring });
      readable.push(...toPersonKey({ ref: key.ref, opened }));
    } catch (error) {
      refuseKeyring(error);
      unreadable.push(key);
    }
  }
  return { readable, unreadable };
}

function toPersonKey(request: { ref: string; opened: OpenedDataKey | undefined }): readonly OpenedPersonKey[] {
  const { ref, opened } = request;
  return opened === undefined ? [] : [{ ref, opened }];
}

function refuseKeyring(error: unknown): void {
  if (ConnectorError.isInstance(error) && !OF_THE_KEY.includes(error.code)) throw error;
}
