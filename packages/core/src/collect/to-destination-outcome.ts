import { ConnectorError, type ConnectorErrorCode } from "../error/connector-error.ts";
import type { DestinationOutcome, DestinationResult } from "../model/submission-result.ts";

const OUTCOMES: Record<ConnectorErrorCode, DestinationOutcome> = {
  invalidInput: "rejected",
  invalidConfiguration: "unavailable",
  unauthenticated: "unavailable",
  forbidden: "unavailable",
  conflict: "rejected",
  unlinked: "rejected",
  rateLimited: "unavailable",
  unavailable: "unavailable",
  timedOut: "unavailable",
  outcomeUnknown: "unknown",
  rejectedByProvider: "rejected",
  malformedResponse: "unknown",
  unsupported: "rejected",
  versionMismatch: "unavailable",
};

/** The provider code, and the result's code, of a submission id that is recorded with another content. */
export const CONFLICTING_REPLAY = "conflictingReplay";

/** What a failed write means for the submissions in it. An error that is not a connector's own leaves the outcome unknown. */
export function toDestinationOutcome(failure: unknown): Pick<DestinationResult, "outcome" | "code" | "providerCode" | "fieldNames"> {
  if (!ConnectorError.isInstance(failure)) return { outcome: "unknown", code: "unexpectedFailure" };
  if (failure.code === "conflict" && failure.providerCode === CONFLICTING_REPLAY) {
    return { outcome: "rejected", code: CONFLICTING_REPLAY };
  }
  return { outcome: OUTCOMES[failure.code], code: failure.code, ...toReason(failure) };
}

/** What the system itself said of a refusal, in its own codes and names; nothing where it said nothing. */
export function toReason({ providerCode, fieldNames = [] }: ConnectorError): Pick<DestinationResult, "providerCode" | "fieldNames"> {
  return { ...(providerCode === undefined ? {} : { providerCode }), ...(fieldNames.length === 0 ? {} : { fieldNames }) };
}
