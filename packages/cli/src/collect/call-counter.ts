import type { Identifier, SubmissionPreview, Volenti } from "@volenti/core";

/** Counts what a file would write into destinations that can say what it costs. */
export interface CallCounter {
  /** To be called for every line, in order, with the submission as it was read. */
  add(request: { preview: SubmissionPreview; input: unknown }): void;
  /** A line a destination that is written to and knows its costs. */
  describe(): readonly string[];
}

/** What a preview that would be delivered has checked already. */
interface AcceptedSubmission {
  readonly subject: { readonly identifiers: readonly Identifier[] };
  readonly decisions?: readonly unknown[];
}

interface Load {
  people: number;
  decisions: number;
}

/**
 * A person counts once a batch, since all that a batch brings to one person is one write. Holds no more than a batch in
 * memory.
 */
export function createCallCounter(request: { volenti: Volenti; batchSize: number }): CallCounter {
  const { volenti, batchSize } = request;
  const loads = new Map<string, Load>();
  let linesOfBatch = 0;
  const seen = new Set<string>();
  return {
    add: ({ preview, input }) => {
      linesOfBatch += 1;
      if (preview.outcome === "wouldDeliver") {
        const { person, decisions } = weigh({ volenti, submission: input as AcceptedSubmission });
        for (const { destinationId } of preview.route) {
          const load = loads.get(destinationId) ?? { people: 0, decisions: 0 };
          loads.set(destinationId, load);
          load.decisions += decisions;
          const key = `${destinationId}\u0000${person}`;
          if (!seen.has(key)) load.people += 1;
          seen.add(key);
        }
      }
      if (linesOfBatch < batchSize) return;
      linesOfBatch = 0;
      seen.clear();
    },
    describe: () => [...loads].flatMap(([id, load]) => describeLoad({ volenti, id, load })),
  };
}

function weigh(request: { volenti: Volenti; submission: AcceptedSubmission }): { person: string; decisions: number } {
  const { volenti, submission } = request;
  const [first] = submission.subject.identifiers;
  const identifier = first === undefined ? null : volenti.normaliseIdentifier(first);
  return { person: `${identifier?.kind}\u0000${identifier?.value}`, decisions: submission.decisions?.length ?? 0 };
}

function describeLoad(request: { volenti: Volenti; id: string; load: Load }): string[] {
  const { volenti, id, load } = request;
  const estimate = volenti.destinations.get(id)?.estimateCalls?.(load);
  if (estimate === undefined) return [];
  const { calls, dailyLimit } = estimate;
  const sentence = `${id}: about ${calls} calls for ${load.people} people and ${load.decisions} decisions`;
  if (dailyLimit === null) return [`${sentence}; how many a day allows is not known before the system is asked`];
  return [`${sentence}, ${toShare(calls / Math.max(dailyLimit, 1))} of the ${dailyLimit} of a day`];
}

function toShare(share: number): string {
  const percentage = share * 100;
  if (percentage > 0 && percentage < 0.01) return "less than 0.01 %";
  return `${percentage.toFixed(percentage < 10 ? 2 : 0)} %`;
}
