export interface RecordedCall {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  /** Of a composite or a batch. */
  readonly subrequests?: readonly { readonly method: string; readonly path: string }[];
}

/** What counts against the daily budget of the org. */
export interface CallCounter {
  limit: number;
  total(): number;
  list(): readonly RecordedCall[];
  count(call: RecordedCall): void;
  countMore(calls: number): void;
  reset(): void;
}

export function createCallCounter(request: { limit: number }): CallCounter {
  let recorded: RecordedCall[] = [];
  let more = 0;
  return {
    limit: request.limit,
    total: () => recorded.length + more,
    list: () => [...recorded],
    count: (call) => void recorded.push(call),
    countMore: (calls) => void (more += calls),
    reset() {
      recorded = [];
      more = 0;
    },
  };
}
