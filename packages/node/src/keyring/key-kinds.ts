import type { KeyKind } from "@volenti/core/adapter";

/** Every kind of key of a keyring, in the order in which keyrings list them. */
export const KEY_KINDS = [
  "signing",
  "keyEncryption",
  "subjectRef",
  "blindIndex",
  "submission",
  "suppression",
  "release",
] as const satisfies readonly KeyKind[];

/** Kinds that keyrings did not have from the beginning: a folder that was filled before them lacks them, and lost nothing. */
export const LATER_KEY_KINDS: readonly KeyKind[] = ["release"];
