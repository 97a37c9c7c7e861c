import { RUN_STARTS_AT } from "./draw-submission.ts";
import type { DrawnDecision, DrawnSubmission } from "./scenario.ts";

/** A drawn submission as a shop would send it. */
export function toSubmission(drawn: DrawnSubmission): Record<string, unknown> {
  const { submissionId, person, occurredAt, receivedAt, profile } = drawn;
  return {
    submissionId,
    collectionPoint: "till-4",
    occurredAt: toInstant(occurredAt),
    ...(receivedAt === null ? {} : { receivedAt: toInstant(receivedAt) }),
    country: person.country,
    subject: { identifiers: [{ kind: "email", value: person.email }, ...(drawn.number % 2 === 0 ? [{ kind: "phone", value: person.phone }] : [])], ageBand: "adult" },
    profile: { email: person.email, ...profile },
    decisions: drawn.decisions.map((decision) => toDecision({ decision, occurredAt })),
  };
}

function toDecision(request: { decision: DrawnDecision; occurredAt: number }): Record<string, unknown> {
  const { decision: { askedAt, ...decision }, occurredAt } = request;
  const said = { ...decision, notice: "signup", noticeVersion: "3", locale: "fr-FR", method: "checkbox" };
  if (askedAt === undefined) return said;
  return { ...said, confirmation: { state: "confirmed", sentAt: toInstant(askedAt), confirmedAt: toInstant(Math.min(occurredAt, RUN_STARTS_AT)), via: "email" } };
}

function toInstant(epochInMs: number): string {
  return new Date(epochInMs).toISOString();
}
