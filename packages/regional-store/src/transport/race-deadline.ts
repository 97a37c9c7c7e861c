/**
 * Waits for the work, but no longer than the deadline and not once the signal is aborted. The work itself goes on: the
 * caller closes its connection.
 */
export async function raceDeadline<Result>(request: {
  work: Promise<Result>;
  timeoutInMs: number;
  signal?: AbortSignal | undefined;
}): Promise<Result> {
  const { work, timeoutInMs, signal } = request;
  let stop = (): void => {};
  const end = new Promise<never>((_resolve, reject) => {
    const onAbort = (): void => reject(new DOMException("aborted", "AbortError"));
    const timer = setTimeout(() => reject(new DOMException("no answer in time", "TimeoutError")), timeoutInMs);
    signal?.addEventListener("abort", onAbort, { once: true });
    stop = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
    };
  });
  // Whatever the work says after the race was lost is nobody's any more.
  work.catch(() => {});
  try {
    return await Promise.race([work, end]);
  } finally {
    stop();
  }
}
