import type { KeptReason, RetentionCount, RetentionEntry, RetentionRequest } from "./retention-report.ts";

/** Counts what became of people, by what they have in common; as many rows as there are combinations, however many people. */
export interface RetentionTally {
  /** Counts an entry, and tells of it. */
  add(entry: RetentionEntry): Promise<void>;
  /** Somebody was looked at in a destination. */
  look(destinationId: string): void;
  peopleOf(destinationId: string): number;
  /** A destination broke off, or could not be read; the first code stands. */
  fail(request: { destinationId: string; code: string }): void;
  failureOf(destinationId: string): string | undefined;
  /** Whether anything has to be done again. */
  isUnfinished(): boolean;
  counts(): readonly RetentionCount[];
}

const UNFINISHED: ReadonlySet<string> = new Set(["failed", "notAttempted"]);

export function createRetentionTally(onEntry: RetentionRequest["onEntry"]): RetentionTally {
  const rows = new Map<string, RetentionCount>();
  const people = new Map<string, number>();
  const failures = new Map<string, string>();
  let isUnfinished = false;
  const count = (entry: RetentionEntry, purpose: string | null): void => {
    const { destinationId, country, action, outcome } = entry;
    const reason = action === "keep" ? ((entry.reason ?? null) as KeptReason | null) : null;
    const key = JSON.stringify([destinationId, purpose, country, action, outcome, reason]);
    const row = rows.get(key) ?? { destinationId, purpose, country, action, outcome, reason, people: 0 };
    rows.set(key, { ...row, people: row.people + 1 });
  };
  return {
    add: async (entry) => {
      for (const purpose of entry.purposes.length === 0 ? [null] : entry.purposes) count(entry, purpose);
      isUnfinished ||= UNFINISHED.has(entry.outcome);
      await onEntry?.(entry);
    },
    look: (destinationId) => void people.set(destinationId, (people.get(destinationId) ?? 0) + 1),
    peopleOf: (destinationId) => people.get(destinationId) ?? 0,
    fail: ({ destinationId, code }) => {
      isUnfinished = true;
      if (!failures.has(destinationId)) failures.set(destinationId, code);
    },
    failureOf: (destinationId) => failures.get(destinationId),
    isUnfinished: () => isUnfinished,
    counts: () => [...rows].toSorted(([left], [right]) => (left < right ? -1 : 1)).map(([, row]) => row),
  };
}
