/** Reads under way at once: a slow system is waited for less, and none is flooded. */
const WIDTH = 8;

/** Does the work for every item, several at a time. Rejects with the first failure, once what was under way has ended. */
export async function inParallel<Item>(request: { items: readonly Item[]; work: (item: Item) => Promise<void> }): Promise<void> {
  const { items, work } = request;
  const rest = items[Symbol.iterator]();
  let hasFailed = false;
  const worker = async (): Promise<void> => {
    for (const item of rest) {
      if (hasFailed) return;
      try {
        await work(item);
      } catch (error) {
        hasFailed = true;
        throw error;
      }
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: WIDTH }, worker));
  const failed = ended.find(({ status }) => status === "rejected");
  if (failed?.status === "rejected") throw failed.reason;
}
