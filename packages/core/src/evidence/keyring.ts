import type { MaybePromise } from "../support/maybe-promise.ts";
import type { CryptoPort, KeyRevocation, PublicKey } from "./crypto-port.ts";

/**
 * What a keyed digest is for; each use has a key of its own, so that digests of different uses cannot be joined.
 * - `subjectRef`: names a person on a route without a ledger
 * - `blindIndex`: finds a person by an identifier without storing it
 * - `submission`: recognises a submission that comes again, or comes changed
 * - `suppression`: recognises an identifier that was erased
 * - `release`: stands for a value that a recipient may not see
 */
export type MacUse = "subjectRef" | "blindIndex" | "submission" | "suppression" | "release";

/** `signing` signs batch heads; `keyEncryption` wraps the data key of each person. */
export type KeyKind = "signing" | "keyEncryption" | MacUse;

/** One key of the ring, without its secret. */
export interface KeyDescription {
  /** What signatures, digests and wrapped keys name the key by. */
  readonly keyId: string;
  readonly kind: KeyKind;
  /** RFC 3339, UTC. */
  readonly createdAt: string;
  /**
   * One key a kind is `active` (writes); earlier ones stay `retired` (reads and verifies only). A signing key that was
   * `revoked` verifies no more than `revoked` says.
   */
  readonly status: "active" | "retired" | "revoked";
  /** Present where `status` is `revoked`. */
  readonly revoked?: KeyRevocation;
  /** Signing keys only; says of a revoked one that it was. */
  readonly publicKey?: PublicKey;
}

/**
 * The brand's keys: a file folder in development (`fileKeyring` of `@volenti/node`), a key management service in
 * production. Secret keys never cross this port, except data keys that it wrapped itself. A key that is not there
 * is a `ConnectorError` `invalidConfiguration`, never a new key in its place.
 */
export interface Keyring {
  /** The digests of the same platform; used where the configuration names none. */
  readonly crypto?: CryptoPort;
  /** Every key, retired and revoked ones included. */
  describe(): MaybePromise<readonly KeyDescription[]>;
  /** An Ed25519 signature (RFC 8032) by the active signing key. */
  sign(request: { data: Uint8Array }): MaybePromise<{ keyId: string; signature: Uint8Array }>;
  /** The active signing key's id, which the protected header of a signature names before it is made. */
  signingKeyId(): MaybePromise<string>;
  /** HMAC-SHA-256 (RFC 2104) of each message, by the active key of the use or by the one that is named. */
  mac(request: { use: MacUse; keyId?: string; messages: readonly Uint8Array[] }): MaybePromise<{
    keyId: string;
    macs: readonly Uint8Array[];
  }>;
  /** Wraps data keys. `context` is authenticated with the key: unwrapping under another context fails. */
  wrap(request: { keys: readonly { key: Uint8Array; context: string }[] }): MaybePromise<{
    keyId: string;
    wrapped: readonly Uint8Array[];
  }>;
  /** Undoes {@link Keyring.wrap}, in order. */
  unwrap(request: { keys: readonly { keyId: string; wrapped: Uint8Array; context: string }[] }): MaybePromise<
    readonly Uint8Array[]
  >;
}
