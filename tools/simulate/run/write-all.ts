import type { SubmissionResult, Volenti } from "@volenti/core";
import type { TellingWatch } from "../check/check-told.ts";
import type { Process } from "../network/process.ts";
import type { DrawnSubmission, DrawnWriter } from "../scenario/scenario.ts";
import { toSubmission } from "../scenario/to-submission.ts";
import type { Schedule } from "../support/create-schedule.ts";

/** How often a writer tries again before it is said that it never gets through. */
export const MOST_ROUNDS = 12;
const BETWEEN_ROUNDS_IN_MS = 90_000;

interface WriteRequest {
  readonly process: Process;
  readonly volenti: Volenti;
  readonly writer: DrawnWriter;
  /** What is not acknowledged yet, kept by the brand's own program: it outlives a process. */
  readonly open: Set<DrawnSubmission>;
  readonly telling: TellingWatch;
  readonly schedule: Schedule;
  readonly onResult: (told: { process: Process; submission: DrawnSubmission; result: SubmissionResult }) => void;
}

/** One process at work: sends what is open, again and again until it was told that it arrived. */
export async function writeAll(request: WriteRequest): Promise<void> {
  const { open, schedule } = request;
  for (let round = 0; open.size > 0 && round < MOST_ROUNDS; round += 1) {
    if (round > 0) await new Promise<void>((resolve) => void schedule.after({ delayInMs: BETWEEN_ROUNDS_IN_MS, run: resolve }));
    if (!request.process.isAlive()) return;
    await (request.writer.batchSize === 0 ? sendOneByOne(request) : sendStream(request));
  }
}

async function sendOneByOne(request: WriteRequest): Promise<void> {
  const waiting = [...request.open];
  const worker = async (): Promise<void> => {
    for (let submission = waiting.shift(); submission !== undefined && request.process.isAlive(); submission = waiting.shift()) {
      request.telling.sent(submission);
      tell({ request, submission, result: await request.volenti.collect(toSubmission(submission)) });
    }
  };
  await Promise.all(Array.from({ length: request.writer.concurrency }, worker));
}

async function sendStream(request: WriteRequest): Promise<void> {
  const sending = [...request.open];
  const { batchSize, concurrency } = request.writer;
  const submissions = sending.map((submission) => {
    request.telling.sent(submission);
    return toSubmission(submission);
  });
  for await (const result of request.volenti.collectMany(submissions, { batchSize, concurrency })) {
    const submission = sending[result.line - 1];
    if (submission !== undefined) tell({ request, submission, result });
  }
}

function tell(told: { request: WriteRequest; submission: DrawnSubmission; result: SubmissionResult }): void {
  const { request: { process, telling, open, onResult }, submission, result } = told;
  // What a dead process was told, nobody heard.
  if (!process.isAlive()) return;
  telling.told({ submission, result });
  onResult({ process, submission, result });
  if (result.outcome === "delivered") open.delete(submission);
}
