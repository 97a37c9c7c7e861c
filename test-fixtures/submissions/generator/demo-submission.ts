/** A submission as the contract describes it, as far as the demonstration uses it. */
export interface DemoSubmission {
  submissionId: string;
  collectionPoint: string;
  occurredAt: string;
  receivedAt?: string;
  country: string;
  subdivision?: string;
  subject: { identifiers: { kind: string; value: string }[]; ageBand?: string };
  profile?: Record<string, unknown>;
  decisions?: DemoDecision[];
  actor?: { kind: string; ref?: string };
}

export interface DemoDecision {
  purpose: string;
  channel?: string;
  status: string;
  notice: string;
  noticeVersion: string;
  locale: string;
  method: string;
  confirmation?: { state: string; sentAt: string; confirmedAt: string; via: string };
}

/** One line of the file, before it has a number. */
export interface DemoEntry {
  /** Epoch milliseconds: where the line stands among the others. */
  readonly arrivesAt: number;
  readonly text: string;
  /** What the line shows; it is counted under each. */
  readonly kinds: readonly string[];
  readonly country?: string;
  /** Of a line that has to be rejected. */
  readonly problem?: { readonly path: string; readonly code: string };
}

/** What has to stand for a person once the whole file was collected. */
export interface DemoExpectation {
  readonly identifier: { readonly kind: string; readonly value: string };
  readonly purpose: string;
  readonly channel: string;
  readonly state: "granted" | "refused" | "unknown";
  readonly because: string;
}

/** A line that has to be accepted. */
export function toEntry(request: { submission: DemoSubmission; kinds: readonly string[]; arrivesAt?: number }): DemoEntry {
  const { submission, kinds } = request;
  return {
    arrivesAt: request.arrivesAt ?? Date.parse(submission.receivedAt ?? submission.occurredAt),
    text: JSON.stringify(submission),
    kinds: submission.receivedAt === undefined ? kinds : [...kinds, "deviceClock"],
    country: submission.country,
  };
}
