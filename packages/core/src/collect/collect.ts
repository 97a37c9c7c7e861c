import type { CollectPorts } from "./collect-ports.ts";
import { deliverBatch } from "./deliver.ts";
import { describeDelivered } from "./describe-result.ts";
import type { ParsedSubmission } from "./parse-submission.ts";
import { sealBatch, type SealedBatch } from "./seal-batch.ts";
import type { SubmissionResult } from "../model/submission-result.ts";

/**
 * The journey of a parsed batch: route → consult → screen, minimise, seal → deliver. Answers one result an input, in
 * order. Never rejects for what the input or a destination did.
 */
export async function collectBatch(request: {
  parsed: readonly ParsedSubmission[];
  /** The line of the first input; results count on from it. */
  firstLine: number;
  ports: CollectPorts;
  signal?: AbortSignal | undefined;
}): Promise<readonly SubmissionResult[]> {
  const { parsed, firstLine, ports, signal } = request;
  const startedAt = ports.clock.now();
  const passage = await ports.submissions.enter(keysOf(parsed));
  try {
    const results: SubmissionResult[] = [];
    const deliver = async ({ rejected, prepared }: SealedBatch): Promise<void> => {
      const delivered = await deliverBatch({ batch: prepared, ports, signal });
      for (const [position, result] of rejected) results[position] = { line: firstLine + position, ...result };
      for (const [submission, destinations] of delivered) {
        const { position } = submission;
        results[position] = { line: firstLine + position, ...describeDelivered({ prepared: submission, destinations }) };
      }
    };
    await sealBatch({ parsed, ports, signal, deliver });
    report({ results, startedAt, ports });
    return results;
  } finally {
    passage.leave();
  }
}

function report(request: { results: readonly SubmissionResult[]; startedAt: number; ports: CollectPorts }): void {
  const { results, startedAt, ports } = request;
  ports.observe({
    name: "batchCollected",
    submissions: results.length,
    rejected: results.filter(({ outcome }) => outcome === "rejected").length,
    durationInMs: ports.clock.now() - startedAt,
  });
}

/** By what a batch is known to concern the same people or submissions as another. */
function keysOf(parsed: readonly ParsedSubmission[]): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const outcome of parsed) {
    if (!outcome.ok) continue;
    keys.add(outcome.submission.submissionId);
    for (const { kind, value } of outcome.submission.identifiers) keys.add(`${kind}\u0000${value}`);
  }
  return keys;
}
