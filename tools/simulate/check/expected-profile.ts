import type { DrawnSubmission } from "../scenario/scenario.ts";

/** Of each attribute the newest that was said; of two in one millisecond, that of the greater submission id. */
export function expectProfile(submissions: readonly DrawnSubmission[]): Readonly<Record<string, string>> {
  const order = submissions.toSorted((left, right) => saidAt(left) - saidAt(right) || (left.submissionId > right.submissionId ? 1 : -1));
  return Object.assign({}, ...order.map(({ profile }) => profile)) as Record<string, string>;
}

function saidAt({ occurredAt, receivedAt }: DrawnSubmission): number {
  return Math.min(occurredAt, receivedAt ?? Infinity);
}
