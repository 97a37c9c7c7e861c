import type { SubmissionOutcome, SubmissionResult } from "@volenti/core";
import type { Resume } from "@volenti/node";
import { OutputError } from "../terminal/output-error.ts";
import type { CollectCounts } from "./collect-counts.ts";
import { toResumeFailure } from "./resume-failure.ts";

const SAVE_INTERVAL_IN_MS = 1000;

/** Remembers how far a file is dealt with for good, and writes it down. */
export interface ProgressKeeper {
  /** To be called for every line, in order. */
  add(request: { result: SubmissionResult; line: number; endOffset: number }): void;
  /** Whether a second has passed since the state was last written, and there is more to say. */
  isDue(): boolean;
  /**
   * To be called after the output lines were flushed, and at the end of a run: what is written down is never printed
   * again. Rejects with an `OutputError`, or with `resumeMismatch` where the file was changed meanwhile.
   */
  save(): Promise<void>;
}

/**
 * The state advances over the longest run of settled lines (delivered or rejected) from the beginning: a line that was
 * not delivered stops it, so that the next run tries that line again. Lines behind it come again too, and are `unchanged`.
 */
export function createProgressKeeper(request: { resume: Resume; now: () => number }): ProgressKeeper {
  const { resume, now } = request;
  let { offset, line } = resume.start;
  const counts = { ...resume.start.counts };
  let isOpen = true;
  let savedOffset = offset;
  let savedAt = now();
  const save = async (): Promise<void> => {
    savedOffset = offset;
    savedAt = now();
    try {
      await resume.save({ offset, line, counts: { ...counts } });
    } catch (error) {
      throw toResumeFailure(error) ?? new OutputError({ what: "the state file", error });
    }
  };
  return {
    add: ({ result, line: nextLine, endOffset }) => {
      if (!isOpen) return;
      if (!isSettled(result.outcome)) {
        isOpen = false;
        resume.endAt(offset);
        return;
      }
      offset = endOffset;
      line = nextLine;
      counts[result.outcome] = (counts[result.outcome] ?? 0) + 1;
    },
    isDue: () => offset !== savedOffset && now() - savedAt >= SAVE_INTERVAL_IN_MS,
    save,
  };
}

function isSettled(outcome: SubmissionOutcome): boolean {
  return outcome === "delivered" || outcome === "rejected";
}

/** Puts what earlier runs of a file have settled into the counts, in place. */
export function addEarlierCounts(request: { counts: CollectCounts; resume: Resume }): void {
  const { counts, resume } = request;
  for (const outcome of ["delivered", "rejected"] as const) {
    const earlier = resume.start.counts[outcome] ?? 0;
    counts.outcomes[outcome] += earlier;
    counts.lines += earlier;
  }
}
