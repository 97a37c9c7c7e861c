import type { QueryAnswer } from "../soql/run-query.ts";

/** A user has so many results open; one more closes the oldest. */
const MOST_OPEN = 10;

/** Results of queries that go on over several pages. */
export interface CursorStore {
  open(answer: QueryAnswer): string;
  /** Undefined: never opened, or closed since. */
  get(locator: string): QueryAnswer | undefined;
}

export function createCursorStore(): CursorStore {
  const answers = new Map<string, QueryAnswer>();
  let opened = 0;
  return {
    open(answer) {
      opened += 1;
      const locator = `01gfj0${String(opened).padStart(12, "0")}`;
      answers.set(locator, answer);
      const [oldest] = answers.keys();
      if (answers.size > MOST_OPEN && oldest !== undefined) answers.delete(oldest);
      return locator;
    },
    get: (locator) => answers.get(locator),
  };
}
