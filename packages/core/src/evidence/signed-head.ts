import type { SignedHead } from "../model/decision.ts";
import type { CryptoPort, PublicKey } from "./crypto-port.ts";
import type { Keyring } from "./keyring.ts";
import { isRevoked, signStatement, verifyStatement } from "./signed-statement.ts";

export const HEAD_SCHEMA = "volenti-head-1";
const HEAD_TYPE = "volenti-head+jws";

/** What the signature of a batch says. */
export interface HeadStatement {
  /** Says what the signature is of, so that no other statement passes for it. */
  readonly schema: typeof HEAD_SCHEMA;
  /** Id of the controller. */
  readonly controller: string;
  /** Root of the batch's Merkle tree, hexadecimal. */
  readonly root: string;
  /** How many decisions the tree has. */
  readonly size: number;
  /** RFC 3339 UTC: when the batch was sealed, by the collector's clock. */
  readonly sealedAt: string;
}

/** Signs the head of a batch: one signature however large the batch. */
export async function signHead(request: {
  statement: HeadStatement;
  keyring: Pick<Keyring, "sign" | "signingKeyId">;
}): Promise<SignedHead> {
  return { root: request.statement.root, jws: await signStatement({ ...request, type: HEAD_TYPE }) };
}

/** Whether a head's signature is good, and what it states. */
export type HeadVerification =
  | { readonly valid: true; readonly statement: HeadStatement; readonly keyId: string }
  | { readonly valid: false; readonly code: "malformedHead" | "unknownKey" | "badSignature" }
  /** Genuine, by a key that was revoked: whoever can prove that the head is older may judge otherwise. */
  | { readonly valid: false; readonly code: "revokedKey"; readonly statement: HeadStatement; readonly publicKey: PublicKey };

/** Checks a signed head against published keys. */
export async function verifyHead(request: {
  jws: string;
  publicKeys: readonly PublicKey[];
  crypto: CryptoPort;
}): Promise<HeadVerification> {
  const verification = await verifyStatement({ ...request, type: HEAD_TYPE });
  if (!verification.valid) return { valid: false, code: verification.code === "malformed" ? "malformedHead" : verification.code };
  const { payload: statement, publicKey } = verification;
  if (!isHeadStatement(statement)) return { valid: false, code: "malformedHead" };
  if (isRevoked({ publicKey, signedAt: Date.parse(statement.sealedAt) })) {
    return { valid: false, code: "revokedKey", statement, publicKey };
  }
  return { valid: true, statement, keyId: publicKey.kid };
}

function isHeadStatement(value: Readonly<Record<string, unknown>>): value is Readonly<Record<string, unknown>> & HeadStatement {
  return (
    value["schema"] === HEAD_SCHEMA &&
    typeof value["controller"] === "string" &&
    typeof value["root"] === "string" &&
    /^[0-9a-f]{64}$/.test(value["root"]) &&
    Number.isSafeInteger(value["size"]) &&
    typeof value["sealedAt"] === "string" &&
    !Number.isNaN(Date.parse(value["sealedAt"]))
  );
}
