import { verifyReceipt, type PublicKey, type SubmissionResult } from "@volenti/core";
import { nodeCrypto } from "@volenti/node";
import type { Report } from "./verdict.ts";

/** Every receipt proves every decision that was told with it, by the public keys alone. */
export async function checkReceipts(request: { results: readonly SubmissionResult[]; publicKeys: readonly PublicKey[]; report: Report }): Promise<void> {
  const { results, publicKeys, report } = request;
  for (const { receipt, decisions, submissionId } of results) {
    if (receipt === null) continue;
    const verification = await verifyReceipt({ receipt, publicKeys, crypto: nodeCrypto });
    const proved = new Map(verification.decisions.map(({ decisionId, hash }) => [decisionId, hash]));
    const isWhole = decisions.every(({ id, hash }) => proved.get(id) === hash);
    if (!verification.valid || !isWhole) report({ breach: "receiptInvalid", about: `the receipt of ${submissionId ?? "nobody"} does not prove its decisions` });
  }
}
