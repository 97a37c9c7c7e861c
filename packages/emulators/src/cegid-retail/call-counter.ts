/** What arrived, by operation: neither bodies nor ids. */
export interface CallCounter {
  /** Wherever it ended, faults included. */
  begin(operation: string): void;
  end(): void;
  total(): number;
  count(operation: string): number;
  /** In the order in which they arrived. */
  list(): readonly string[];
  /** The most calls that were under way at once. */
  peak(): number;
  reset(): void;
}

export function createCallCounter(): CallCounter {
  let arrived: string[] = [];
  let underWay = 0;
  let most = 0;
  return {
    begin(operation) {
      arrived.push(operation);
      underWay += 1;
      most = Math.max(most, underWay);
    },
    end: () => void (underWay -= 1),
    total: () => arrived.length,
    count: (operation) => arrived.filter((name) => name === operation).length,
    list: () => [...arrived],
    peak: () => most,
    reset() {
      arrived = [];
      most = underWay;
    },
  };
}
