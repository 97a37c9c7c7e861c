import type { CollectManyOptions, Volenti } from "@volenti/core";

/** Collects submissions, and throws unless every one was delivered: what failed early would look fast. */
export async function deliverAll(request: {
  volenti: Volenti;
  submissions: readonly unknown[];
  options: CollectManyOptions;
}): Promise<void> {
  const { volenti, submissions, options } = request;
  let delivered = 0;
  for await (const { outcome, problems, destinations } of volenti.collectMany(submissions, options)) {
    if (outcome !== "delivered") throw new Error(`not delivered: ${JSON.stringify({ outcome, problems, destinations })}`);
    delivered += 1;
  }
  if (delivered !== submissions.length) throw new Error("a submission had no result");
}
