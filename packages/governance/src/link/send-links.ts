import type { CustomerLinkV1, LinkOutcomeV1 } from "@volenti/core/adapter";
import type { LinkingRun } from "./linking-run.ts";

/**
 * Sends links, and those again whose failure may pass (a lock, a lost answer), as core retries. Answers what is known of
 * each, by record id, and why the sending ended where the system gave up as a whole: of some links nothing is known then.
 */
export async function sendLinks(request: {
  run: LinkingRun;
  links: readonly CustomerLinkV1[];
}): Promise<{ outcomes: ReadonlyMap<string, LinkOutcomeV1>; failure: unknown }> {
  const { run, links } = request;
  const { destinationId, signal } = run.request;
  const outcomes = new Map<string, LinkOutcomeV1>();
  let remaining = links;
  const attempt = async (): Promise<void> => {
    const answers = await run.linking.link({ links: remaining, ...(signal === undefined ? {} : { signal }) });
    for (const [index, { customerId }] of remaining.entries()) {
      const answer = answers[index];
      if (answer !== undefined) outcomes.set(customerId, answer);
    }
    remaining = remaining.filter(({ customerId }) => passingFailure(outcomes.get(customerId)) !== null);
    const [first] = remaining;
    if (first !== undefined) throw passingFailure(outcomes.get(first.customerId)) ?? new TypeError("a failure was lost");
  };
  try {
    await run.volenti.naming.call({ destinationId, operation: "link", attempt, signal });
    return { outcomes, failure: null };
  } catch (error) {
    const isOfOne = [...outcomes.values()].some((outcome) => outcome.status === "failed" && outcome.error === error);
    return { outcomes, failure: isOfOne ? null : error };
  }
}

function passingFailure(outcome: LinkOutcomeV1 | undefined): Error | null {
  return outcome?.status === "failed" && outcome.error.retry.kind !== "never" ? outcome.error : null;
}
