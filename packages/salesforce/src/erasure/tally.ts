import type { ErasureOutcomeV1 } from "@volenti/core/adapter";
import { toOutcome, toRetained } from "./to-outcome.ts";

/** Counts what became of each kind of record, over any number of people. */
export interface Tally {
  erased(request: { kind: string; count: number }): void;
  retained(request: { kind: string; count: number; reason: string; until?: string | undefined }): void;
  /** A row a kind, in the order of their first mention. A kind of which something stays is `retained`, with the count of that. */
  outcomes(): readonly ErasureOutcomeV1[];
}

interface Entry {
  erased: number;
  retained: number;
  reason: string;
  until: string | undefined;
}

export function createTally(): Tally {
  const entries = new Map<string, Entry>();
  const entryOf = (kind: string): Entry => {
    const entry = entries.get(kind) ?? { erased: 0, retained: 0, reason: "", until: undefined };
    entries.set(kind, entry);
    return entry;
  };
  return {
    erased: ({ kind, count }) => void (entryOf(kind).erased += count),
    retained: ({ kind, count, reason, until }) => {
      const entry = entryOf(kind);
      if (count === 0) return;
      entry.retained += count;
      entry.reason = reason;
      entry.until = until;
    },
    outcomes: () =>
      [...entries].map(([kind, { erased, retained, reason, until }]) =>
        retained > 0 ? toRetained({ kind, count: retained, reason, until }) : toOutcome({ kind, count: erased }),
      ),
  };
}
