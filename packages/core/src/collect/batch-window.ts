import type { SubmissionResult } from "../model/submission-result.ts";
import type { Clock } from "../support/clock.ts";
import type { ParsedSubmission } from "./parse-submission.ts";

/** Lets lone calls that come shortly after one another share a batch. */
export interface BatchWindow {
  /**
   * Joins the batch that is open, or opens one. Rejects with the signal's own reason once that is aborted: a call that
   * was not sent yet leaves the batch, and one that was sent leaves it alone.
   */
  collect(request: { parsed: ParsedSubmission; signal?: AbortSignal | undefined }): Promise<SubmissionResult>;
  /** Sends what waits; what comes later is sent at once. */
  close(): void;
}

interface Caller {
  readonly parsed: ParsedSubmission;
  readonly answer: (answer: Promise<SubmissionResult>) => void;
}

interface OpenBatch {
  readonly callers: Set<Caller>;
  /** Ends the waiting for others. */
  readonly stop: AbortController;
}

type CollectTogether = (parsed: readonly ParsedSubmission[]) => Promise<readonly SubmissionResult[]>;

/** `size`: how many callers fill a batch, which is then sent without waiting any longer. */
export function createBatchWindow(request: {
  windowInMs: number;
  size: number;
  clock: Clock;
  collect: CollectTogether;
}): BatchWindow {
  const { windowInMs, size, clock, collect } = request;
  let open: OpenBatch | null = null;
  let isClosed = false;
  const shut = (batch: OpenBatch): void => {
    if (open === batch) open = null;
    batch.stop.abort();
  };
  const send = (batch: OpenBatch): void => {
    if (open !== batch) return;
    shut(batch);
    answerAll({ callers: [...batch.callers], collect });
  };
  const openBatch = (): OpenBatch => {
    const batch: OpenBatch = { callers: new Set(), stop: new AbortController() };
    open = batch;
    const { signal } = batch.stop;
    void clock.sleep({ durationInMs: windowInMs, signal }).then(() => send(batch), () => undefined);
    return batch;
  };
  return {
    collect: ({ parsed, signal }) => {
      const batch = open ?? openBatch();
      const answer = join({ batch, parsed, signal, onEmpty: () => shut(batch) });
      if (batch.callers.size >= size || isClosed) send(batch);
      return answer;
    },
    close: () => {
      isClosed = true;
      if (open !== null) send(open);
    },
  };
}

function answerAll(request: { callers: readonly Caller[]; collect: CollectTogether }): void {
  const { callers, collect } = request;
  const results = collect(callers.map(({ parsed }) => parsed));
  for (const [position, caller] of callers.entries()) caller.answer(results.then((all) => resultAt({ all, position })));
}

function join(request: {
  batch: OpenBatch;
  parsed: ParsedSubmission;
  signal: AbortSignal | undefined;
  onEmpty: () => void;
}): Promise<SubmissionResult> {
  const { batch, parsed, signal, onEmpty } = request;
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      batch.callers.delete(caller);
      if (batch.callers.size === 0) onEmpty();
      reject(signal?.reason);
    };
    const caller: Caller = {
      parsed,
      answer: (answer) => void answer.then(resolve, reject).finally(() => signal?.removeEventListener("abort", onAbort)),
    };
    batch.callers.add(caller);
    signal?.addEventListener("abort", onAbort, { once: true });
  });
}

/** Every caller asked for one submission, so that its line is the first. */
function resultAt(request: { all: readonly SubmissionResult[]; position: number }): SubmissionResult {
  const result = request.all[request.position];
  if (result === undefined) throw new TypeError("a submission had no result");
  return { ...result, line: 1 };
}
