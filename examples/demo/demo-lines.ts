import type { SubmissionResult } from "@volenti/core";

/** The parts of a submission that the demonstration looks at. */
export interface DemoSubmission {
  readonly submissionId: string;
  readonly country: string;
  readonly subject: { readonly identifiers: readonly { readonly kind: string; readonly value: string }[] };
}

/** A line of the input beside what became of it; the submission is null where the line could not be read. */
export interface DemoLine {
  readonly submission: DemoSubmission | null;
  readonly result: SubmissionResult;
}

/** Puts the result lines of `volenti collect --json` beside the lines that they are about. */
export function readDemoLines(request: { input: string; output: string }): readonly DemoLine[] {
  const inputs = request.input.split("\n");
  return request.output
    .split("\n")
    .filter((text) => text !== "")
    .map((text) => {
      const result = JSON.parse(text) as SubmissionResult;
      return { result, submission: readSubmission(inputs[result.line - 1] ?? "") };
    });
}

function readSubmission(text: string): DemoSubmission | null {
  try {
    return JSON.parse(text) as DemoSubmission;
  } catch {
    return null;
  }
}
