import type { DestinationResult, Problem, SubmissionOutcome, SubmissionResult } from "@volenti/core";
import type { RowPlan } from "./plan-row.ts";

/** What a row had, beside a submission's result: all its receipts, where it was several submissions. */
export interface ImportedRow extends SubmissionResult {
  /** In bytes from the beginning of the list: where to go on after this row. */
  readonly endOffset: number;
  /** One a submission that was delivered, wholly or partly; empty where none was. */
  readonly receipts: readonly string[];
}

/** Worst first: what has to be run again, then what a human has to look at. */
const OUTCOMES: readonly SubmissionOutcome[] = ["undelivered", "partlyDelivered", "rejected", "delivered"];
const DESTINATION_OUTCOMES: readonly DestinationResult["outcome"][] = [
  "unknown",
  "unavailable",
  "notAttempted",
  "rejected",
  "partlyApplied",
  "applied",
  "superseded",
  "unchanged",
];

/** Tells a row's submissions as one. */
export function mergeResults(request: {
  place: { readonly line: number; readonly endOffset: number };
  plan: Pick<RowPlan, "problems" | "remarks">;
  results: readonly SubmissionResult[];
}): ImportedRow {
  const { place, plan, results } = request;
  const rowOutcomes = [...results.map(({ outcome }) => outcome), ...(plan.problems.length > 0 || results.length === 0 ? ["rejected" as const] : [])];
  const receipts = results.flatMap(({ receipt }) => receipt ?? []);
  return {
    ...place,
    submissionId: results.at(-1)?.submissionId ?? null,
    outcome: toOutcome(rowOutcomes),
    destinations: mergeDestinations(results),
    withheld: [...new Map(results.flatMap(({ withheld }) => withheld).map((one) => [one.attribute, one])).values()],
    decisions: results.flatMap(({ decisions }) => decisions),
    receipt: receipts.at(-1) ?? null,
    receipts,
    problems: distinct([...plan.problems, ...plan.remarks, ...results.flatMap(({ problems }) => problems), ...nothing({ plan, results })]),
  };
}

/** One that arrived nowhere beside one that did is no reason to call the row undelivered; it is run again all the same. */
function toOutcome(outcomes: readonly SubmissionOutcome[]): SubmissionOutcome {
  const worst = OUTCOMES.find((outcome) => outcomes.includes(outcome)) ?? "rejected";
  return worst === "undelivered" && outcomes.includes("delivered") ? "partlyDelivered" : worst;
}

function mergeDestinations(results: readonly SubmissionResult[]): readonly DestinationResult[] {
  const byId = Map.groupBy(results.flatMap(({ destinations }) => destinations), ({ id }) => id);
  return [...byId.values()].flatMap((own) => {
    const worst = DESTINATION_OUTCOMES.map((outcome) => own.find((one) => one.outcome === outcome)).find((one) => one !== undefined);
    return worst === undefined ? [] : [worst];
  });
}

function nothing(request: { plan: Pick<RowPlan, "problems">; results: readonly SubmissionResult[] }): readonly Problem[] {
  return request.results.length === 0 && request.plan.problems.length === 0 ? [{ path: "", code: "nothingToCollect" }] : [];
}

function distinct(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map((problem) => [`${problem.path}\u0000${problem.code}`, problem])).values()];
}
