import type { SubmissionOutcome, SubmissionResult } from "@volenti/core";
import { EXIT_CODE, type ExitCode } from "../exit-code.ts";

const LINES_NAMED_A_CODE = 10;

/** What became of the lines of a file, as numbers; goes into the state of an interrupted run as it is. */
export interface CollectCounts {
  lines: number;
  outcomes: Record<SubmissionOutcome, number>;
  /** By destination, then by outcome. */
  destinations: Record<string, Record<string, number>>;
  /** By destination, then by field: permissions that are kept stricter than they were decided. */
  folds: Record<string, Record<string, number>>;
  /** By attribute. */
  withheld: Record<string, number>;
  /** By code, with the first lines of each. */
  problems: Record<string, { count: number; lines: number[] }>;
}

export function emptyCounts(): CollectCounts {
  return {
    lines: 0,
    outcomes: { delivered: 0, partlyDelivered: 0, undelivered: 0, rejected: 0 },
    destinations: {},
    folds: {},
    withheld: {},
    problems: {},
  };
}

/** Adds one result to the counts, in place. */
export function countResult(request: { counts: CollectCounts; result: SubmissionResult }): void {
  const { counts, result } = request;
  counts.lines += 1;
  counts.outcomes[result.outcome] += 1;
  for (const { id, outcome, folds = [] } of result.destinations) {
    const destination = (counts.destinations[id] ??= {});
    destination[outcome] = (destination[outcome] ?? 0) + 1;
    for (const { field } of folds) {
      const fields = (counts.folds[id] ??= {});
      fields[field] = (fields[field] ?? 0) + 1;
    }
  }
  for (const { attribute } of result.withheld) counts.withheld[attribute] = (counts.withheld[attribute] ?? 0) + 1;
  for (const code of new Set(result.problems.map((problem) => problem.code))) {
    const problem = (counts.problems[code] ??= { count: 0, lines: [] });
    problem.count += 1;
    if (problem.lines.length < LINES_NAMED_A_CODE) problem.lines.push(result.line);
  }
}

/** Undelivered, partly delivered and unknown win over rejected, since running again helps there. */
export function toExitCode(counts: Pick<CollectCounts, "outcomes">): ExitCode {
  const { partlyDelivered, undelivered, rejected } = counts.outcomes;
  if (partlyDelivered + undelivered > 0) return EXIT_CODE.undelivered;
  return rejected > 0 ? EXIT_CODE.rejected : EXIT_CODE.delivered;
}
