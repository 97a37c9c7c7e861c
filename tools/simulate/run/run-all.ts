import { Worker } from "node:worker_threads";
import { runShare, type Share, type ShareResult } from "./run-share.ts";

interface RunRequest extends Pick<Share, "isCrashingEverywhere" | "crm" | "store"> {
  readonly seed: number;
  readonly runs: number;
  readonly threads: number;
}

/** Runs seeds on as many threads as are asked for. A thread's world is its own; nothing is shared but the processor. */
export async function runAll(request: RunRequest): Promise<ShareResult> {
  const { seed, runs, threads, isCrashingEverywhere, crm, store } = request;
  const shares = Array.from({ length: Math.max(1, Math.min(threads, runs)) }, (_, index): Share => ({
    first: seed + index,
    step: Math.max(1, Math.min(threads, runs)),
    end: seed + runs,
    isCrashingEverywhere,
    crm,
    store,
  }));
  const [only] = shares;
  if (shares.length === 1 && only !== undefined) return runShare({ share: only });
  const results = await Promise.all(shares.map(runInThread));
  return {
    runs: results.reduce((sum, result) => sum + result.runs, 0),
    exchanges: results.reduce((sum, result) => sum + result.exchanges, 0),
    faults: results.reduce((sum, result) => sum + result.faults, 0),
    failures: results.flatMap(({ failures }) => failures).toSorted((left, right) => left.seed - right.seed),
  };
}

function runInThread(share: Share): Promise<ShareResult> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./share-worker.ts", import.meta.url), { workerData: share });
    worker.once("message", (result: ShareResult) => resolve(result));
    worker.once("error", reject);
    worker.once("exit", (code) => reject(new Error(`a thread ended with ${code} and no result`)));
  });
}
