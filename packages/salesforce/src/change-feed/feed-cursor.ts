import { ConnectorError, fromBase64url, fromUtf8, toBase64url, toUtf8 } from "@volenti/core/adapter";
import { CONNECTOR_ID } from "../transport/salesforce-session.ts";

/** Salesforce stamps whole seconds, and a transaction that began earlier may end later: so far back is looked again. */
export const WINDOW_IN_MS = 30_000;
/** More than these are forgotten, and listed once more. */
const REMEMBERED = 300;

/** How far a feed was read: up to an instant, and which changes of the last seconds before it were listed already. */
export interface FeedCursor {
  /** Epoch milliseconds of the latest row that was listed. */
  readonly at: number;
  /** Marks of the changes within the window, with their instants. */
  readonly listed: ReadonlyMap<string, number>;
}

export const BEGINNING: FeedCursor = { at: 0, listed: new Map() };

/** From when on rows are to be read, epoch milliseconds. */
export function readFrom(cursor: FeedCursor): number {
  return Math.max(0, cursor.at - WINDOW_IN_MS);
}

/** The cursor after one more change. */
export function advanceCursor(request: { cursor: FeedCursor; at: number; mark: string }): FeedCursor {
  const { cursor, at, mark } = request;
  const latest = Math.max(cursor.at, at);
  const listed = [...cursor.listed, [mark, at] as const].filter(([, instant]) => instant >= latest - WINDOW_IN_MS).slice(-REMEMBERED);
  return { at: latest, listed: new Map(listed) };
}

/** As text: nothing in it is of a person. */
export function writeCursor(cursor: FeedCursor): string {
  return toBase64url(toUtf8(JSON.stringify([1, cursor.at, [...cursor.listed]])));
}

/** Throws `invalidInput` for what is no cursor of ours. */
export function parseCursor(request: { text: string | null; operation: string }): FeedCursor {
  const { text, operation } = request;
  if (text === null) return BEGINNING;
  const [version, at, listed] = readJson(text);
  if (version !== 1 || typeof at !== "number" || !Array.isArray(listed) || !listed.every(isEntry)) {
    throw new ConnectorError({ code: "invalidInput", connectorId: CONNECTOR_ID, operation, fieldNames: ["cursor"] });
  }
  return { at, listed: new Map(listed) };
}

function readJson(text: string): readonly unknown[] {
  const bytes = fromBase64url(text);
  if (bytes === null) return [];
  try {
    const value: unknown = JSON.parse(fromUtf8(bytes) ?? "");
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

function isEntry(entry: unknown): entry is [string, number] {
  return Array.isArray(entry) && typeof entry[0] === "string" && typeof entry[1] === "number";
}
