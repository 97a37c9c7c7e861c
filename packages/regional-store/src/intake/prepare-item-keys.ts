import type { SubjectWriteV1 } from "@volenti/core/adapter";
import { makeDataKeys, openDataKeys, type OpenedDataKey } from "../encryption/wrapped-data-key.ts";
import type { StoreParts } from "../store-parts.ts";

/** The key that an item's profile is encrypted under. */
export interface ItemKey {
  readonly opened: OpenedDataKey;
  /** Not known to the store: it is kept if the person has none, else the store answers the one that stands. */
  readonly isProposed: boolean;
}

/** By item; undefined where nothing is to be encrypted. At most one call of the keyring each to wrap and to unwrap. */
export async function prepareItemKeys(request: {
  items: readonly SubjectWriteV1[];
  parts: StoreParts;
}): Promise<readonly (ItemKey | undefined)[]> {
  const { items, parts } = request;
  const { keyring } = parts.context;
  const encrypting = items.map((item) => (needsKey(item) ? item.subject.ref : null)).filter((ref) => ref !== null);
  const known = encrypting.flatMap((ref) => {
    const stored = parts.subjects.get(ref)?.key ?? null;
    return stored === null ? [] : [{ ref, stored }];
  });
  const knownRefs = new Set(known.map(({ ref }) => ref));
  const unknown = encrypting.filter((ref) => !knownRefs.has(ref));
  const [opened, made] = await Promise.all([
    openDataKeys({ keys: known, keyring }),
    makeDataKeys({ refs: unknown, keyring }),
  ]);
  const byRef = new Map<string, ItemKey>();
  for (const [index, key] of opened.entries()) byRef.set(known[index]?.ref ?? "", { opened: key, isProposed: false });
  for (const [index, key] of made.entries()) byRef.set(unknown[index] ?? "", { opened: key, isProposed: true });
  if (made[0] !== undefined) await parts.keys.recognise(made[0].stored.keyId);
  return items.map((item) => byRef.get(item.subject.ref));
}

function needsKey(item: SubjectWriteV1): boolean {
  return item.mode === "upsert" && Object.values(item.profile ?? {}).some(({ value }) => value !== null);
}
