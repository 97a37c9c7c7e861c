import type { ConnectorV1 } from "@volenti/core/adapter";
import { failureCode } from "../support/failure-code.ts";
import type { RetentionOutcome } from "./retention-report.ts";
import type { RetentionRun } from "./retention-run.ts";

/** What became of an erasure in one destination. */
export interface OutlivedErasure {
  readonly destinationId: string;
  readonly outcome: RetentionOutcome;
  readonly code?: string;
}

/** Erases a person in destinations, copies first, and ledgers only when no copy is left that may still be erased. */
export async function eraseOutlived(request: {
  run: RetentionRun;
  subjectRef: string;
  destinationIds: readonly string[];
}): Promise<readonly OutlivedErasure[]> {
  const { run, subjectRef, destinationIds } = request;
  const isLedger = (id: string): boolean => run.volenti.destinations.get(id)?.ledger !== undefined;
  const copies = await Promise.all(
    destinationIds.filter((id) => !isLedger(id)).map((destinationId) => eraseIn({ run, subjectRef, destinationId })),
  );
  const copiesRemain = copies.some(({ outcome }) => outcome === "failed");
  const erasures = [...copies];
  for (const destinationId of destinationIds.filter(isLedger)) {
    erasures.push(
      copiesRemain ? { destinationId, outcome: "notAttempted", code: "copiesRemain" } : await eraseIn({ run, subjectRef, destinationId }),
    );
  }
  return erasures;
}

async function eraseIn(request: { run: RetentionRun; subjectRef: string; destinationId: string }): Promise<OutlivedErasure> {
  const { run, subjectRef, destinationId } = request;
  const { volenti, now: requestedAt, request: { signal } } = run;
  if (volenti.destinations.get(destinationId)?.erasure === undefined) return { destinationId, outcome: "unsupported" };
  const attempt = async ({ erasure }: ConnectorV1): Promise<void> => {
    await erasure?.erase({ subjectRef, reason: "retentionEnded", requestedAt });
  };
  try {
    await volenti.naming.call({ destinationId, operation: "retention", attempt, signal });
    return { destinationId, outcome: "done" };
  } catch (error) {
    if (signal?.aborted === true) throw error;
    return { destinationId, outcome: "failed", code: failureCode(error) };
  }
}
