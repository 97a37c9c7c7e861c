import { RECONSENT_ANSWERS, type ReconsentAnswer, type ReconsentCount, type ReconsentEntry } from "./reconsent-report.ts";

/** Counts as entries come; one counter a combination, however many people there are. */
export interface ReconsentTally {
  add(entry: ReconsentEntry): Promise<void>;
  look(): void;
  ask(): void;
  fail(request: { destinationId: string; code: string }): void;
  failureOf(destinationId: string): string | undefined;
  isUnfinished(): boolean;
  people(): number;
  peopleToAsk(): number;
  counts(): readonly ReconsentCount[];
  totals(): Readonly<Record<ReconsentAnswer, number>>;
}

export function createReconsentTally(onEntry: ((entry: ReconsentEntry) => void | Promise<void>) | undefined): ReconsentTally {
  const counts = new Map<string, ReconsentCount>();
  const failures = new Map<string, string>();
  let [people, toAsk] = [0, 0];
  return {
    add: async (entry) => {
      const { purpose, channel, country, answer, reason } = entry;
      const key = [purpose, channel, country ?? "", answer, reason ?? ""].join("\u0000");
      counts.set(key, { purpose, channel, country, answer, reason, people: (counts.get(key)?.people ?? 0) + 1 });
      await onEntry?.(entry);
    },
    look: () => void (people += 1),
    ask: () => void (toAsk += 1),
    fail: ({ destinationId, code }) => void failures.set(destinationId, code),
    failureOf: (destinationId) => failures.get(destinationId),
    isUnfinished: () => failures.size > 0,
    people: () => people,
    peopleToAsk: () => toAsk,
    counts: () => [...counts].toSorted(([left], [right]) => (left < right ? -1 : 1)).map(([, count]) => count),
    totals: () => totalsOf([...counts.values()]),
  };
}

function totalsOf(counts: readonly ReconsentCount[]): Readonly<Record<ReconsentAnswer, number>> {
  const totals = Object.fromEntries(RECONSENT_ANSWERS.map((answer) => [answer, 0])) as Record<ReconsentAnswer, number>;
  for (const { answer, people } of counts) totals[answer] += people;
  return totals;
}
