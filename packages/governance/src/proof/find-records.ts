import { ConnectorError, type Volenti } from "@volenti/core";
import { toUtf8, toHexadecimal, type DecisionRecord } from "@volenti/core/adapter";
import { readDecisionRecord } from "../support/read-decision-record.ts";
import type { ProvedDecision } from "../verify/verification-report.ts";

/**
 * The records that a receipt proves, by their hashes, out of the first destination that keeps every decision or out of the
 * one that is named. Reads its history until all are found. Rejects with `invalidInput` (`recordsMissing`) where one is not
 * there, and `unsupported` where no destination keeps a history.
 */
export async function findRecords(request: {
  volenti: Volenti;
  decisions: readonly ProvedDecision[];
  destinationId: string | undefined;
}): Promise<readonly DecisionRecord[]> {
  const { volenti, decisions, destinationId } = request;
  const found = new Map<string, DecisionRecord>();
  const wanted = new Set(decisions.map(({ hash }) => hash));
  for await (const { canonical, hash } of listHistory({ volenti, destinationId })) {
    if (!wanted.has(hash)) continue;
    const [digest] = await volenti.crypto.sha256([toUtf8(canonical)]);
    if (digest === undefined || toHexadecimal(digest) !== hash || readDecisionRecord(canonical) === null) continue;
    found.set(hash, JSON.parse(canonical) as DecisionRecord);
    if (found.size === wanted.size) break;
  }
  return decisions.map(({ hash }) => {
    const record = found.get(hash);
    if (record === undefined) throw refuse({ code: "invalidInput", providerCode: "recordsMissing" });
    return record;
  });
}

function listHistory(request: { volenti: Volenti; destinationId: string | undefined }): AsyncIterable<{ canonical: string; hash: string }> {
  const { volenti, destinationId } = request;
  const candidates = [...volenti.destinations].filter(([id]) => destinationId === undefined || id === destinationId);
  const connector = candidates.find(([, { consentHistory }]) => consentHistory !== undefined)?.[1];
  if (connector?.consentHistory === undefined) throw refuse({ code: "unsupported", providerCode: "noHistory" });
  return connector.consentHistory.listDecisions({});
}

function refuse(request: { code: "invalidInput" | "unsupported"; providerCode: string }): ConnectorError {
  return new ConnectorError({ ...request, connectorId: "governance", operation: "exportReceipt" });
}
