import { RUN_STARTS_AT } from "../scenario/draw-submission.ts";

/** What happened in a run, a line an event. Everybody in it is made up. */
export interface Account {
  note(line: string): void;
  /** What was sent, as far as it is told apart: who, and which decisions. */
  shorten(sent: string): string;
  lines(): readonly string[];
}

const UUID = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/g;
const PERSON = /person\d+(?=@example\.com)/g;

export function createAccount(now: () => number): Account {
  const lines: string[] = [];
  return {
    note: (line) => void lines.push(`${((now() - RUN_STARTS_AT) / 1000).toFixed(3).padStart(9)} s  ${line}`),
    shorten: (sent) => {
      const people = new Set(sent.match(PERSON));
      const ids = new Set([...sent.matchAll(UUID)].map(([id]) => id.slice(0, 8)));
      return `${sent.includes('"writeId"') ? "write" : "ask"} ${[...people].join(" ")} [${[...ids].join(" ")}]`;
    },
    lines: () => lines,
  };
}
