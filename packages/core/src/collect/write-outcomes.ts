import type { WriteOutcomeV1 } from "../connector/v1/intake-facet-v1.ts";
import type { ConnectorError } from "../error/connector-error.ts";
import { isWorthAnotherCall } from "../retry/call-with-retries.ts";
import { toDestinationOutcome } from "./to-destination-outcome.ts";
import type { WriteItem } from "./write-call.ts";

/** Whether an item is still to be written: it was not answered yet, or failed in a way that another write may mend. */
export function canTryAgain(request: { outcome: WriteOutcomeV1 | undefined; mayRepeatUnknown: boolean }): boolean {
  const { outcome, mayRepeatUnknown } = request;
  if (outcome === undefined) return true;
  return outcome.status === "failed" && isWorthAnotherCall({ error: outcome.error, mayRepeatUnknown });
}

/**
 * Notes a failed attempt at an item. An earlier attempt whose outcome nobody knows may have been applied: only a final
 * refusal of the very item (`isAnswered`) says more than that, not a later call that failed as a whole, and not that the
 * system could not be reached or asked for the item any more.
 */
export function noteFailure(request: {
  outcomes: Map<WriteItem, WriteOutcomeV1>;
  item: WriteItem;
  error: ConnectorError;
  isAnswered: boolean;
}): void {
  const { outcomes, item, error, isAnswered } = request;
  const before = outcomes.get(item);
  const isUnknown = before?.status === "failed" && before.error.code === "outcomeUnknown";
  const isFinal = isAnswered && error.retry.kind === "never" && toDestinationOutcome(error).outcome === "rejected";
  if (!isUnknown || isFinal) outcomes.set(item, { writeId: item.write.writeId, status: "failed", error });
}
