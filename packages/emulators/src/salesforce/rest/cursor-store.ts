import type { QueryAnswer } from "../soql/run-query.ts";

/** Results of queries that go on over several pages. */
export interface CursorStore {
  open(answer: QueryAnswer): string;
  get(locator: string): QueryAnswer | undefined;
}

export function createCursorStore(): CursorStore {
  const answers = new Map<string, QueryAnswer>();
  return {
    open(answer) {
      const locator = `01gfj0${String(answers.size + 1).padStart(12, "0")}`;
      answers.set(locator, answer);
      return locator;
    },
    get: (locator) => answers.get(locator),
  };
}
