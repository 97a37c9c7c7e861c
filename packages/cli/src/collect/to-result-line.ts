import type { SubmissionResult } from "@volenti/core";

/** The line that `volenti collect --json` prints: its members, in this order, are a promise. */
export function toResultLine(request: {
  result: SubmissionResult;
  line: number;
  /** Every receipt, where a row of an import was several submissions; `receipt` is the last. */
  receipts?: readonly string[];
}): string {
  const { result, line, receipts = [] } = request;
  const { submissionId, outcome, destinations, withheld, decisions, receipt, problems } = result;
  return JSON.stringify({
    line,
    submissionId,
    outcome,
    destinations: destinations.map(({ id, outcome, code, providerCode, fieldNames, rejectedAttributes, notKeptAttributes, folds }) => ({
      id,
      outcome,
      ...(code === undefined ? {} : { code }),
      ...(providerCode === undefined ? {} : { providerCode }),
      ...(fieldNames === undefined ? {} : { fieldNames }),
      ...(rejectedAttributes === undefined ? {} : { rejectedAttributes }),
      ...(notKeptAttributes === undefined ? {} : { notKeptAttributes }),
      ...(folds === undefined ? {} : { folds: folds.map(({ field, from, to, reason }) => ({ field, from, to, reason })) }),
    })),
    withheld: withheld.map(({ attribute, reason, destination }) => ({ attribute, reason, ...(destination === undefined ? {} : { destination }) })),
    decisions: decisions.map(({ id, purpose, channel, status, hash, missing }) => ({
      id,
      purpose,
      ...(channel === undefined ? {} : { channel }),
      status,
      hash,
      ...(missing === undefined ? {} : { missing }),
    })),
    receipt,
    ...(receipts.length > 1 ? { receipts } : {}),
    problems: problems.map(({ path, code }) => ({ path, code })),
  });
}
