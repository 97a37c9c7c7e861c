import type { DrawnSubmission } from "../scenario/scenario.ts";
import type { HeldSystem } from "../world/held-system.ts";

/**
 * Of each attribute the newest that was said; of two in one millisecond, that of the greater submission id, or any of them
 * where the system tells ties apart only mostly; where it orders nothing, anything that was said.
 */
export function expectProfile(request: { submissions: readonly DrawnSubmission[]; profileOrder: HeldSystem["profileOrder"] }): ReadonlyMap<string, ReadonlySet<string>> {
  const { submissions, profileOrder } = request;
  const order = submissions.toSorted((left, right) => saidAt(left) - saidAt(right) || (left.submissionId > right.submissionId ? 1 : -1));
  const newest = new Map<string, { saidAt: number; values: ReadonlySet<string> }>();
  for (const submission of order) {
    for (const [name, value] of Object.entries(submission.profile)) {
      const before = newest.get(name);
      const isTie = profileOrder === "exceptTies" && before?.saidAt === saidAt(submission);
      const others = isTie || profileOrder === "none" ? (before?.values ?? []) : [];
      newest.set(name, { saidAt: saidAt(submission), values: new Set([value, ...others]) });
    }
  }
  return new Map([...newest].map(([name, { values }]) => [name, values]));
}

function saidAt({ occurredAt, receivedAt }: DrawnSubmission): number {
  return Math.min(occurredAt, receivedAt ?? Infinity);
}
