import type { DrawnDecision, DrawnSubmission } from "../scenario/scenario.ts";

/** What should stand for a key once everything has arrived. */
export interface ExpectedConsent {
  readonly decisionId: string;
  readonly status: string;
  readonly effectiveAt: number;
}

const GRANTS: ReadonlySet<string> = new Set(["given", "renewed", "confirmed"]);
const NEUTRALS: ReadonlySet<string> = new Set(["requested", "deferred", "acknowledged"]);
const CHANNELS: Readonly<Record<string, readonly string[]>> = { "marketing.email": ["email"], "marketing.sms": ["sms", "whatsapp"] };

/**
 * The rule of the house, written down once more and from its prose: a grant counts from when it was given, a refusal from
 * when we learnt of it; the later one stands, a tie goes to the refusal, then to the greater id. Nothing of core is used.
 * By `purpose channel`, of one person's submissions.
 */
export function expectConsents(submissions: readonly DrawnSubmission[]): Map<string, ExpectedConsent> {
  const standing = new Map<string, ExpectedConsent>();
  for (const submission of submissions) {
    for (const decision of submission.decisions) {
      const expected = expectDecision({ submission, decision });
      if (expected === null) continue;
      for (const key of keysOf(decision)) {
        const before = standing.get(key);
        if (before === undefined || outranks({ candidate: expected, standing: before })) standing.set(key, expected);
      }
    }
  }
  return standing;
}

function keysOf({ purpose, channel }: DrawnDecision): string[] {
  const channels = channel === undefined ? ["*", ...(CHANNELS[purpose] ?? [])] : [channel];
  return channels.map((name) => `${purpose} ${name}`);
}

/** Null for what is on record and never stands. */
function expectDecision(request: { submission: DrawnSubmission; decision: DrawnDecision }): ExpectedConsent | null {
  const { submission, decision } = request;
  if (NEUTRALS.has(decision.status)) return null;
  const isGrant = GRANTS.has(decision.status);
  // Germany's double opt-in, as the brand of the runs demands it.
  if (isGrant && submission.person.country === "DE" && decision.purpose === "marketing.email" && decision.status !== "confirmed") return null;
  // A device's clock cannot be ahead of the server that heard of it.
  const givenAt = Math.min(submission.occurredAt, submission.receivedAt ?? Infinity);
  const effectiveAt = isGrant ? Math.min(givenAt, decision.askedAt ?? Infinity) : (submission.receivedAt ?? submission.occurredAt);
  return { decisionId: decision.id, status: decision.status, effectiveAt };
}

/** Whether what comes is greater than what stands. */
export function outranks(request: { candidate: ExpectedConsent; standing: ExpectedConsent }): boolean {
  const { candidate, standing } = request;
  if (candidate.effectiveAt !== standing.effectiveAt) return candidate.effectiveAt > standing.effectiveAt;
  const isRefusal = !GRANTS.has(candidate.status);
  if (isRefusal !== !GRANTS.has(standing.status)) return isRefusal;
  return candidate.decisionId > standing.decisionId;
}
