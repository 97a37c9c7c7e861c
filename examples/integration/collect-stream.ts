// Many submissions from anything that can be iterated: a queue, a table, a file.
import type { Volenti } from "@volenti/core";

/** Delivers a stream and answers the ids to send again; holds no more than the batches under way. */
export async function collectStream(request: {
  volenti: Volenti;
  submissions: AsyncIterable<unknown>;
  signal: AbortSignal;
}): Promise<{ delivered: number; again: readonly string[] }> {
  const { volenti, submissions, signal } = request;
  const again: string[] = [];
  let delivered = 0;
  for await (const { submissionId, outcome } of volenti.collectMany(submissions, { concurrency: 4, signal })) {
    if (outcome === "delivered") delivered += 1;
    // Sending a submission again under its own id changes nothing where it arrived already.
    else if (outcome !== "rejected" && submissionId !== null) again.push(submissionId);
  }
  return { delivered, again };
}
