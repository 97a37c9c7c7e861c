/**
 * Yields what the source yields until the signal is aborted, also while the source has nothing to give. A source that is
 * waiting then is left waiting: whoever opened it closes it.
 */
export async function* untilAborted<Item>(request: {
  source: AsyncIterable<Item>;
  signal: AbortSignal;
}): AsyncGenerator<Item, void, undefined> {
  const { source, signal } = request;
  const iterator = source[Symbol.asyncIterator]();
  let wake: () => void = () => undefined;
  const onAbort = (): void => wake();
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    while (!signal.aborted) {
      // A race against one long-lived promise would keep every step of a million in memory.
      const step = await new Promise<IteratorResult<Item> | null>((resolve, reject) => {
        wake = () => resolve(null);
        iterator.next().then(resolve, reject);
      });
      if (step === null || step.done === true) return;
      yield step.value;
    }
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}
