import type { MaybePromise } from "../support/maybe-promise.ts";

/**
 * The digests and checks that evidence needs, apart from any key. Answers come in the order of the questions.
 * `@volenti/node` has a synchronous one; {@link webCrypto} runs anywhere.
 */
export interface CryptoPort {
  /** SHA-256 of each message (FIPS 180-4): one call for a whole batch. */
  sha256(messages: readonly Uint8Array[]): MaybePromise<readonly Uint8Array[]>;
  /** Checks an Ed25519 signature (RFC 8032) against a public key as JWK (RFC 8037). False, never an error, when it is wrong. */
  verifyEd25519(request: { publicKey: PublicKey; data: Uint8Array; signature: Uint8Array }): MaybePromise<boolean>;
  /** Cryptographically strong random bytes. */
  randomBytes(length: number): Uint8Array;
}

/** A public Ed25519 key as JSON Web Key (RFC 8037 section 2). */
export interface PublicKey {
  readonly kty: "OKP";
  readonly crv: "Ed25519";
  /** base64url of the 32-byte key. */
  readonly x: string;
  /** The keyring's id of the key: what signatures name it by. */
  readonly kid: string;
  /** Absent while the key is good. */
  readonly revoked?: KeyRevocation | undefined;
}

/**
 * - `superseded`: signatures that say they were made before `at` stay good
 * - `compromised`: others may have the key, so that none of its signatures counts by itself
 */
export interface KeyRevocation {
  /** RFC 3339 UTC. */
  readonly at: string;
  /** As above. */
  readonly reason: "superseded" | "compromised";
}
