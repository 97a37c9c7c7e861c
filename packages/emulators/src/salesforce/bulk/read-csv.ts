import { parse } from "csv-parse/sync";
import type { BulkJob } from "./bulk-job.ts";
import { BulkJobError } from "./bulk-job-error.ts";

export const DELIMITERS: Readonly<Record<string, string>> = { BACKQUOTE: "`", CARET: "^", COMMA: ",", PIPE: "|", SEMICOLON: ";", TAB: "\t" };

const MOST_COLUMNS = 5000;
const MOST_CELL_CHARACTERS = 131_072;
const MOST_ROW_CHARACTERS = 400_000;

export interface CsvTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** The upload of a job as cells. Throws a `BulkJobError` where it is not the CSV that the job declared. */
export function readCsv(job: BulkJob): CsvTable {
  const text = decode(job.content ?? new Uint8Array());
  checkLineEnding({ text, lineEnding: job.lineEnding });
  const [columns = [], ...rows] = parseCells({ text, job });
  if (columns.length > MOST_COLUMNS) throw new BulkJobError(`InvalidBatch : The number of columns exceeds ${MOST_COLUMNS}`);
  for (const row of rows) checkRow({ row, columns });
  return { columns, rows };
}

function decode(content: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(content);
  } catch {
    throw new BulkJobError("ClientInputError : The upload is not encoded in UTF-8");
  }
}

function parseCells({ text, job }: { text: string; job: BulkJob }): readonly (readonly string[])[] {
  const delimiter = DELIMITERS[job.columnDelimiter] ?? ",";
  try {
    return parse(text, { delimiter, record_delimiter: job.lineEnding === "CRLF" ? "\r\n" : "\n", relax_column_count: true, skip_empty_lines: true });
  } catch {
    // The library's message quotes the cell.
    throw new BulkJobError("InvalidBatch : Failed to parse the CSV");
  }
}

function checkLineEnding({ text, lineEnding }: { text: string; lineEnding: "LF" | "CRLF" }): void {
  const isCrlf = text.includes("\r\n");
  const isAny = text.includes("\n");
  // A line break inside a quoted cell is no line ending: the header's own tells.
  const header = /^(?:"(?:[^"]|"")*"|[^"\n])*?\n/.exec(text)?.[0] ?? "";
  const isWrong = lineEnding === "LF" ? isCrlf && header.endsWith("\r\n") : isAny && header !== "" && !header.endsWith("\r\n");
  if (isWrong) throw new BulkJobError(`ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is ${lineEnding}`);
}

function checkRow({ row, columns }: { row: readonly string[]; columns: readonly string[] }): void {
  if (row.length !== columns.length) throw new BulkJobError("InvalidBatch : A row has another number of columns than the header");
  const isTooLong = row.some((cell) => cell.length > MOST_CELL_CHARACTERS) || row.reduce((sum, cell) => sum + cell.length, 0) > MOST_ROW_CHARACTERS;
  if (isTooLong) throw new BulkJobError("InvalidBatch : A field or a row is too long");
}
