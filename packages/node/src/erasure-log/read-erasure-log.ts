import { ConfigurationError, type ErasureLogEntry } from "@volenti/core";
import { readNdjson, type NdjsonRecord } from "../ndjson/read-ndjson.ts";
import { isErasureLogEntry } from "./is-erasure-log-entry.ts";
import { TORN_LINE } from "./torn-line.ts";

/** An entry holds a few hundred bytes an identifier. */
const LONGEST_LINE_IN_BYTES = 16_777_216;

/**
 * The entries of a log. A line that cannot be read is passed over where it is the last, or the next one says that it was
 * torn; anywhere else the log was changed, and going on would leave somebody unerased: `erasureLogCorrupt` with the line.
 */
export async function* readErasureLog(source: AsyncIterable<Uint8Array>): AsyncGenerator<ErasureLogEntry, void, undefined> {
  let torn: number | null = null;
  for await (const record of readNdjson(source, { maxLineLengthInBytes: LONGEST_LINE_IN_BYTES })) {
    const isTornMark = isMark(record);
    if (torn !== null && !isTornMark) throw corrupt(torn);
    torn = null;
    if (isTornMark) continue;
    if (record.problem === undefined && isErasureLogEntry(record.value)) yield record.value;
    // A whole line of JSON was not torn.
    else if (record.problem === undefined) throw corrupt(record.line);
    else torn = record.line;
  }
}

function isMark({ value }: NdjsonRecord): boolean {
  return typeof value === "object" && value !== null && Reflect.get(value, "schema") === TORN_LINE.schema && Reflect.get(value, "kind") === TORN_LINE.kind;
}

function corrupt(line: number): ConfigurationError {
  return new ConfigurationError([{ path: `erasureLog line ${line}`, code: "erasureLogCorrupt" }]);
}
