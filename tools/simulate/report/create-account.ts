import { RUN_STARTS_AT } from "../scenario/draw-submission.ts";

/** What happened in a run, a line an event. Everybody in it is made up. */
export interface Account {
  note(line: string): void;
  /** What was sent, as far as it is told apart: who, and which decisions. */
  shorten(sent: string): string;
  lines(): readonly string[];
}

const UUID = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/g;
/** The first word of a statement, or the name of the function that it calls. */
const STATEMENT = /^\{"statement":"(?:select volenti\.)?(\w+)/;
/** A store draws these from the machine: no two runs have the same. */
const DATA_KEY_ID = /dataKeyId\\*":\\*"[^"\\]*/g;
const PERSON = /person\d+(?=@example\.com)/g;

export function createAccount(now: () => number): Account {
  const lines: string[] = [];
  return {
    note: (line) => void lines.push(`${((now() - RUN_STARTS_AT) / 1000).toFixed(3).padStart(9)} s  ${line}`),
    shorten: (sent) => {
      const people = new Set(sent.match(PERSON));
      const ids = new Set([...sent.replaceAll(DATA_KEY_ID, "").matchAll(UUID)].map(([id]) => id.slice(0, 8)));
      const verb = sent.includes('"writeId"') ? "write" : (STATEMENT.exec(sent)?.[1] ?? "ask");
      return `${verb} ${[...people].join(" ")} [${[...ids].join(" ")}]`;
    },
    lines: () => lines,
  };
}
