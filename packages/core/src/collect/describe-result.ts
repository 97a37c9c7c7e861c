import { writeReceipt } from "../evidence/receipt.ts";
import type {
  DecisionResult,
  DestinationResult,
  Problem,
  SubmissionOutcome,
  SubmissionResult,
} from "../model/submission-result.ts";
import { CONFLICTING_REPLAY } from "./to-destination-outcome.ts";
import type { PreparedDecision, PreparedSubmission, RoutedSubmission } from "./prepared-submission.ts";

type Described = Omit<SubmissionResult, "line">;

export function describeRejected(request: { submissionId: string | null; problems: readonly Problem[] }): Described {
  const { submissionId, problems } = request;
  return { submissionId, outcome: "rejected", destinations: [], withheld: [], decisions: [], receipt: null, problems };
}

/** A submission whose ledger did not answer: nobody was named, nothing was sent. */
export function describeUnanswered(request: {
  routed: RoutedSubmission;
  destinations: readonly DestinationResult[];
}): Described {
  return {
    submissionId: request.routed.submission.submissionId,
    outcome: "undelivered",
    destinations: request.destinations,
    withheld: [],
    decisions: [],
    receipt: null,
    problems: [],
  };
}

export function describeDelivered(request: {
  prepared: PreparedSubmission;
  destinations: readonly DestinationResult[];
}): Described {
  const { prepared, destinations } = request;
  const { submissionId } = prepared.submission;
  // When two batches race, a ledger learns only while writing that a submission id was used for another content.
  const conflicts = destinations.some(({ code }) => code === CONFLICTING_REPLAY);
  const problems: readonly Problem[] = conflicts
    ? [...prepared.remarks, { path: "submissionId", code: CONFLICTING_REPLAY }]
    : prepared.remarks;
  const isNowhere = destinations.every(({ code, outcome }) => code === CONFLICTING_REPLAY || outcome === "notAttempted");
  if (conflicts && isNowhere) return describeRejected({ submissionId, problems });
  const outcome = toSubmissionOutcome(destinations);
  const isProved = outcome === "delivered" || outcome === "partlyDelivered";
  return {
    submissionId,
    outcome,
    destinations,
    withheld: prepared.withheld,
    decisions: prepared.decisions.map(describeDecision),
    receipt: isProved ? writeReceipt({ submissionId, entries: prepared.decisions.map(toReceiptEntry) }) : null,
    problems,
  };
}

function toSubmissionOutcome(destinations: readonly DestinationResult[]): SubmissionOutcome {
  const delivered = destinations.filter(({ outcome }) => ["applied", "unchanged", "superseded"].includes(outcome)).length;
  if (delivered === destinations.length) return "delivered";
  return delivered > 0 ? "partlyDelivered" : "undelivered";
}

function describeDecision({ sealed, missing, reasons }: PreparedDecision): DecisionResult {
  const { id, purpose, channel, status } = sealed.record;
  return {
    id,
    purpose: purpose.key,
    ...(channel === undefined ? {} : { channel }),
    status,
    hash: sealed.hash,
    ...(missing.length === 0 ? {} : { missing }),
    ...(reasons === undefined ? {} : { reasons }),
  };
}

function toReceiptEntry({ sealed, head }: PreparedDecision): Parameters<typeof writeReceipt>[0]["entries"][number] {
  return { decisionId: sealed.record.id, hash: sealed.hash, proof: sealed.proof, head: head.jws };
}
