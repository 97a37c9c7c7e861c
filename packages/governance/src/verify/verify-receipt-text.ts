import { verifyReceipt, type Volenti } from "@volenti/core";
import { listPublicKeys } from "./list-public-keys.ts";
import type { ReceiptFinding, ReceiptReport, ReceiptRequest } from "./verification-report.ts";

/** Verifies a receipt for the configuration's controller. Never rejects for what the receipt says. */
export async function verifyReceiptText(request: { volenti: Volenti; receipt: ReceiptRequest }): Promise<ReceiptReport> {
  const { volenti, receipt } = request;
  const publicKeys = receipt.publicKeys ?? (await listPublicKeys(volenti.keyring));
  const verification = await verifyReceipt({ receipt: receipt.receipt, publicKeys, crypto: volenti.crypto });
  const isOurs = ({ statement }: (typeof verification.decisions)[number]): boolean =>
    statement.controller === volenti.controller.id;
  const findings: ReceiptFinding[] = [
    ...verification.problems,
    ...verification.decisions
      .filter((decision) => !isOurs(decision))
      .map(({ decisionId }): ReceiptFinding => ({ code: "wrongController", decisionId })),
  ];
  return {
    valid: findings.length === 0,
    submissionId: verification.submissionId,
    decisions: verification.decisions.filter(isOurs).map(({ decisionId, hash, statement, keyId }) => ({
      decisionId,
      hash,
      sealedAt: statement.sealedAt,
      keyId,
    })),
    findings,
  };
}
