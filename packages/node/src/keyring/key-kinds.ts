import type { KeyKind } from "@volenti/core/adapter";

/** Every kind of key of a keyring, in the order in which keyrings list them. */
export const KEY_KINDS = [
  "signing",
  "keyEncryption",
  "subjectRef",
  "blindIndex",
  "submission",
  "suppression",
] as const satisfies readonly KeyKind[];
