import type { CryptoPort, PublicKey } from "./crypto-port.ts";
import type { Keyring } from "./keyring.ts";
import { isRevoked, signStatement, verifyStatement } from "./signed-statement.ts";

/** Names the format of a checkpoint's statement. */
export const CHECKPOINT_SCHEMA = "volenti-checkpoint-1";
const CHECKPOINT_TYPE = "volenti-checkpoint+jws";

/** A tree head over a ledger's log of decisions. */
export interface CheckpointStatement {
  /** Says what the signature is of, so that no other statement passes for it. */
  readonly schema: typeof CHECKPOINT_SCHEMA;
  /** Id of the controller. */
  readonly controller: string;
  /** The destination whose log it is. */
  readonly log: string;
  /** Decisions in the log. */
  readonly size: number;
  /** Root over them in the order of the log (RFC 9162 section 2.1), hexadecimal; the leaf data are the decisions' hashes. */
  readonly root: string;
  /** The checkpoint before this one, which it extends; null for the first. */
  readonly previous: { readonly size: number; readonly root: string } | null;
  /** RFC 3339 UTC, by the clock of whoever signed it. */
  readonly at: string;
}

/** Signs a checkpoint: compact JWS (RFC 7515) over the RFC 8785 form. */
export function signCheckpoint(request: {
  statement: CheckpointStatement;
  keyring: Pick<Keyring, "sign" | "signingKeyId">;
}): Promise<string> {
  return signStatement({ ...request, type: CHECKPOINT_TYPE });
}

/** Whether a checkpoint's signature is good, and what it states. */
export type CheckpointVerification =
  | { readonly valid: true; readonly statement: CheckpointStatement; readonly keyId: string }
  | { readonly valid: false; readonly code: "malformedCheckpoint" | "unknownKey" | "badSignature" }
  | { readonly valid: false; readonly code: "revokedKey"; readonly statement: CheckpointStatement; readonly publicKey: PublicKey };

/** Checks a signed checkpoint against published keys; what the log says is for the caller to compare. */
export async function verifyCheckpoint(request: {
  jws: string;
  publicKeys: readonly PublicKey[];
  crypto: CryptoPort;
}): Promise<CheckpointVerification> {
  const verification = await verifyStatement({ ...request, type: CHECKPOINT_TYPE });
  if (!verification.valid) return { valid: false, code: verification.code === "malformed" ? "malformedCheckpoint" : verification.code };
  const { payload: statement, publicKey } = verification;
  if (!isCheckpointStatement(statement)) return { valid: false, code: "malformedCheckpoint" };
  if (isRevoked({ publicKey, signedAt: Date.parse(statement.at) })) return { valid: false, code: "revokedKey", statement, publicKey };
  return { valid: true, statement, keyId: publicKey.kid };
}

type Members = Readonly<Record<string, unknown>>;

function isCheckpointStatement(value: Members): value is Members & CheckpointStatement {
  const { schema, controller, log, at, previous } = value;
  return (
    schema === CHECKPOINT_SCHEMA &&
    typeof controller === "string" &&
    typeof log === "string" &&
    typeof at === "string" &&
    !Number.isNaN(Date.parse(at)) &&
    isTree(value) &&
    (previous === null || (typeof previous === "object" && isTree(previous as Members)))
  );
}

function isTree({ size, root }: Members): boolean {
  return typeof size === "number" && Number.isSafeInteger(size) && size >= 0 && typeof root === "string" && /^[0-9a-f]{64}$/.test(root);
}
