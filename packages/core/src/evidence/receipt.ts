import * as z from "zod";
import type { InclusionProof } from "../model/decision.ts";
import { fromBase64url, fromHexadecimal, fromUtf8, toBase64url, toUtf8 } from "../support/bytes.ts";
import { canonicalise } from "./canonicalise.ts";
import { checksum } from "./checksum.ts";
import type { CryptoPort, PublicKey } from "./crypto-port.ts";
import { verifyInclusion } from "./merkle-tree.ts";
import { verifyHead, type HeadStatement } from "./signed-head.ts";

const RECEIPT_SCHEMA = "volenti-receipt-1";
const MAXIMUM_RECEIPT_LENGTH = 1_000_000;

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const receiptSchema = z.strictObject({
  schema: z.literal(RECEIPT_SCHEMA),
  submissionId: z.guid(),
  decisions: z
    .array(
      z.strictObject({
        id: z.guid(),
        hash,
        leafIndex: z.int().min(0),
        path: z.array(hash).max(64),
        head: z.string().optional(),
      }),
    )
    .min(1),
  check: z.string(),
  head: z.string(),
});

/** One decision as a receipt proves it. */
export interface ReceiptEntry {
  readonly decisionId: string;
  readonly hash: string;
  readonly proof: Pick<InclusionProof, "leafIndex" | "path">;
  /** The signed head of the batch that it was sealed in. */
  readonly head: string;
}

/** Writes a receipt: base64url of the RFC 8785 form. The head that most decisions share is written once. */
export function writeReceipt(request: { submissionId: string; entries: readonly ReceiptEntry[] }): string | null {
  const { submissionId, entries } = request;
  const head = entries[0]?.head;
  if (head === undefined) return null;
  const decisions = entries.map((entry) => ({
    hash: entry.hash,
    ...(entry.head === head ? {} : { head: entry.head }),
    id: entry.decisionId,
    leafIndex: entry.proof.leafIndex,
    path: entry.proof.path,
  }));
  // Members stand in their canonical order, so that the engine's own writer gives the canonical form.
  const receipt = { check: checkOf({ submissionId, decisions }), decisions, head, schema: RECEIPT_SCHEMA, submissionId };
  return toBase64url(toUtf8(JSON.stringify(receipt)));
}

/** The ids are not under the signature, which proves hashes: a receipt that was damaged in them shall not pass. */
function checkOf(request: { submissionId: string; decisions: readonly { readonly id: string }[] }): string {
  const { submissionId, decisions } = request;
  return checksum(toUtf8(JSON.stringify([submissionId, ...decisions.map(({ id }) => id)])));
}

/** What may be wrong with a receipt. */
export type ReceiptProblemCode =
  | "malformedReceipt"
  | "malformedHead"
  | "unknownKey"
  | "revokedKey"
  | "badSignature"
  | "badProof";

/** What a receipt proves. `valid` only where everything in it does. */
export interface ReceiptVerification {
  /** False also where nothing could be read. */
  readonly valid: boolean;
  /** As the receipt says; null where it could not be read. */
  readonly submissionId: string | null;
  /** One a decision of the receipt that is proved. */
  readonly decisions: readonly { readonly decisionId: string; readonly hash: string; readonly statement: HeadStatement; readonly keyId: string }[];
  /** Empty where it is valid; without a `decisionId`, of the receipt as a whole. */
  readonly problems: readonly { readonly code: ReceiptProblemCode; readonly decisionId?: string }[];
}

/** Verifies a receipt with the public keys and nothing else: no store, no network. Never rejects for what the receipt says. */
export async function verifyReceipt(request: {
  receipt: string;
  publicKeys: readonly PublicKey[];
  crypto: CryptoPort;
}): Promise<ReceiptVerification> {
  const { publicKeys, crypto } = request;
  const receipt = readReceipt(request.receipt.trim());
  if (receipt === null) {
    return { valid: false, submissionId: null, decisions: [], problems: [{ code: "malformedReceipt" }] };
  }
  const proved: ReceiptVerification["decisions"][number][] = [];
  const problems: ReceiptVerification["problems"][number][] = [];
  for (const decision of receipt.decisions) {
    const head = await verifyHead({ jws: decision.head ?? receipt.head, publicKeys, crypto });
    if (!head.valid) {
      problems.push({ code: head.code, decisionId: decision.id });
      continue;
    }
    const isIncluded = await verifyInclusion({
      leaf: bytesOf(decision.hash),
      leafIndex: decision.leafIndex,
      treeSize: head.statement.size,
      path: decision.path.map(bytesOf),
      root: bytesOf(head.statement.root),
      crypto,
    });
    if (isIncluded) {
      proved.push({ decisionId: decision.id, hash: decision.hash, statement: head.statement, keyId: head.keyId });
    } else {
      problems.push({ code: "badProof", decisionId: decision.id });
    }
  }
  return { valid: problems.length === 0, submissionId: receipt.submissionId, decisions: proved, problems };
}

function readReceipt(text: string): z.infer<typeof receiptSchema> | null {
  if (text.length > MAXIMUM_RECEIPT_LENGTH) return null;
  const bytes = fromBase64url(text);
  if (bytes === null) return null;
  try {
    const text = fromUtf8(bytes);
    const value: unknown = JSON.parse(text);
    const receipt = receiptSchema.safeParse(value).data;
    if (receipt === undefined || receipt.check !== checkOf(receipt) || canonicalise(value) !== text) return null;
    return receipt;
  } catch {
    return null;
  }
}

function bytesOf(hexadecimal: string): Uint8Array {
  return fromHexadecimal(hexadecimal) ?? new Uint8Array(0);
}
