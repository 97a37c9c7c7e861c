import type { DecisionRecord } from "../model/decision.ts";
import { toInstantText } from "../model/instant.ts";
import type { ConsultedSubmission } from "./prepared-submission.ts";
import type { ScreenedDecision } from "./screen-decisions.ts";

/**
 * A confirmation that names its request is one of that request alone: the person's own, of the same purpose version and channel,
 * with the same token and instant. Of one that the ledger does not hold nothing is confirmed. Without a ledger nobody can look.
 */
export function checkConfirmedRequest(request: {
  screened: ScreenedDecision;
  consulted: ConsultedSubmission;
  /** The records of the batch so far, by decision id. */
  records: ReadonlyMap<string, DecisionRecord> | null;
}): ScreenedDecision {
  const { screened, consulted, records } = request;
  const { raw, purpose } = screened.submitted;
  const requestId = raw.confirmation?.requestId;
  if (screened.status !== "confirmed" || requestId === undefined || consulted.plan.ledgerId === null) return screened;
  const asked = records?.get(requestId) ?? readRecorded({ consulted, requestId });
  const isAnswered =
    asked !== undefined &&
    asked.status === "requested" &&
    asked.subject === consulted.ref &&
    asked.purpose.key === purpose.key &&
    asked.purpose.version === purpose.version &&
    asked.channel === raw.channel &&
    // A confirmed decision counts from when it was asked for: a later instant would undo a withdrawal in between.
    asked.confirmation?.sentAt === toInstantText(Date.parse(raw.confirmation?.sentAt ?? "")) &&
    asked.confirmation?.tokenHash === raw.confirmation?.tokenHash;
  return isAnswered ? screened : { ...screened, status: "requested", missing: [...screened.missing, "confirmation"] };
}

function readRecorded(request: { consulted: ConsultedSubmission; requestId: string }): DecisionRecord | undefined {
  const recorded = request.consulted.requested.get(request.requestId);
  return recorded === undefined ? undefined : (JSON.parse(recorded.canonical) as DecisionRecord);
}
