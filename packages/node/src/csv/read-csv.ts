import { Buffer, isUtf8 } from "node:buffer";
import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import { TextDecoder } from "node:util";
import { ConfigurationError } from "@volenti/core";
import { CsvError, parse } from "csv-parse";

/** One row under the header. */
export interface CsvRow {
  /** The line it begins on, from 1. */
  readonly line: number;
  /** Bytes of the file up to the end of the row. */
  readonly endOffset: number;
  /** By column; null where the row has more or fewer fields than the header. */
  readonly values: ReadonlyMap<string, string> | null;
}

/** A file, or what was read already. */
export type CsvSource = { readonly path: string } | { readonly bytes: Uint8Array };

/** What stands between two fields. */
export type CsvDelimiter = "," | ";" | "\t" | "|";

const LINE_FEED = 0x0a;
const LONGEST_ROW_IN_BYTES = 262_144;
const DELIMITERS: readonly CsvDelimiter[] = [",", ";", "\t", "|"];

/**
 * Reads CSV (RFC 4180; UTF-8, with or without a byte order mark; LF or CRLF; empty lines are passed over), whose
 * first row names the columns. Streams. Rejects with a `ConfigurationError` whose path is the line and whose code is
 * `invalidUtf8`, `malformedCsv`, `rowTooLong`, `noHeader`, `emptyColumnName` or `duplicateColumn`; never with a value.
 */
export async function* readCsv(
  request: CsvSource & {
    /** Default: the one that occurs most in the header. */
    delimiter?: CsvDelimiter | undefined;
  },
): AsyncGenerator<CsvRow, void, undefined> {
  const delimiter = request.delimiter ?? (await findDelimiter(request));
  // A quote inside a field that is not quoted is text; one that is not closed is not.
  const parser = parse({ delimiter, bom: true, info: true, relax_column_count: true, relax_quotes: true, skip_empty_lines: true, max_record_size: LONGEST_ROW_IN_BYTES });
  const source = open(request);
  const checked = source.compose(refuseOtherEncodings);
  checked.on("error", (error) => parser.destroy(error));
  checked.pipe(parser);
  let columns: readonly string[] | null = null;
  let line = 1;
  let countedTwice = 0;
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number; bytes: number } }>) {
      if (columns === null) columns = readHeader(record);
      else yield { line, endOffset: info.bytes, values: toValues({ columns, record }) };
      // The library counts a CRLF between quotes as two lines.
      countedTwice += record.reduce((count, field) => count + field.split("\r\n").length - 1, 0);
      line = info.lines + 1 - countedTwice;
    }
  } catch (error) {
    throw error instanceof CsvError ? toRefusal(error) : error;
  } finally {
    source.destroy();
  }
  if (columns === null) throw refusal({ line: 1, code: "noHeader" });
}

/** Passes the bytes on as they are. */
async function* refuseOtherEncodings(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let line = 1;
  const check = (chunk?: Uint8Array): void => {
    try {
      const text = chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true });
      line += text.split("\n").length - 1;
    } catch {
      throw refusal({ line: line + linesBeforeFault(chunk ?? new Uint8Array(0)), code: "invalidUtf8" });
    }
  };
  for await (const chunk of source) {
    check(chunk);
    yield chunk;
  }
  check();
}

/** The first line of a chunk may have begun in the one before, and the last may go on: they are at fault where no other is. */
function linesBeforeFault(chunk: Uint8Array): number {
  const bytes = Buffer.from(chunk);
  let lines = 0;
  let start = bytes.indexOf(LINE_FEED) + 1;
  while (start > 0) {
    lines += 1;
    const end = bytes.indexOf(LINE_FEED, start);
    if (!isUtf8(bytes.subarray(start, end === -1 ? bytes.length : end))) return lines;
    start = end + 1;
  }
  return 0;
}

function open(request: CsvSource & { limit?: number }): Readable {
  const { limit } = request;
  if ("bytes" in request) return Readable.from([request.bytes.subarray(0, limit)]);
  return createReadStream(request.path, limit === undefined ? {} : { end: limit - 1 });
}

async function findDelimiter(source: CsvSource): Promise<CsvDelimiter> {
  let header = "";
  for await (const chunk of open({ ...source, limit: LONGEST_ROW_IN_BYTES }).setEncoding("utf8") as AsyncIterable<string>) {
    header += chunk;
    if (header.includes("\n")) break;
  }
  const outside = (header.split(/\r?\n/, 1)[0] ?? "").replace(/"(?:[^"]|"")*"/g, "");
  const counts = DELIMITERS.map((delimiter) => outside.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ",";
}

function readHeader(record: readonly string[]): readonly string[] {
  const columns = record.map((name) => name.trim());
  if (columns.includes("")) throw refusal({ line: 1, code: "emptyColumnName" });
  if (new Set(columns).size < columns.length) throw refusal({ line: 1, code: "duplicateColumn" });
  return columns;
}

function toValues(request: { columns: readonly string[]; record: readonly string[] }): ReadonlyMap<string, string> | null {
  const { columns, record } = request;
  return record.length === columns.length ? new Map(columns.map((column, index) => [column, record[index] ?? ""])) : null;
}

/** The library's message quotes the file. */
function toRefusal(error: CsvError): ConfigurationError {
  const line = typeof error["lines"] === "number" ? error["lines"] : 1;
  return refusal({ line, code: error.code === "CSV_MAX_RECORD_SIZE" ? "rowTooLong" : "malformedCsv" });
}

function refusal(request: { line: number; code: string }): ConfigurationError {
  return new ConfigurationError([{ path: `line ${request.line}`, code: request.code }]);
}
