import { Buffer } from "node:buffer";
import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { Readable } from "node:stream";
import { ConfigurationError, type Volenti } from "@volenti/core";
import { readImportMap, type ImportMap, type ImportRow } from "@volenti/governance";
import { readCsv, type CsvSource } from "@volenti/node";
import { openSource, type Source } from "../collect/open-source.ts";
import { UsageError } from "../usage-error.ts";

/** A list that was read once to its end, and the map of its columns. */
export interface OpenList {
  readonly map: ImportMap;
  readonly source: Source;
  /** From the row behind an offset on. */
  readonly read: (startOffset: number) => AsyncIterable<ImportRow>;
}

const LONGEST_MAP = 1_048_576;
/** Standard input is kept in memory, since it is read twice, and no value of a person belongs into a temporary file. */
const LONGEST_INPUT = 268_435_456;

/**
 * Reads the map and, once, the whole list, before anything is sent: a file that is no UTF-8 or no CSV somewhere is refused
 * as a whole. Throws a `UsageError` with every line, path and code.
 */
export async function openList(request: OpenRequest): Promise<OpenList> {
  try {
    return await readList(request);
  } catch (error) {
    if (!ConfigurationError.isInstance(error)) throw error;
    const [first] = error.problems;
    const told = error.problems.map(({ path, code }) => `${path}: ${code}`).join("; ");
    throw new UsageError({ code: first?.code ?? "invalid", sentence: `nothing was sent, since the FILE or its map cannot be used: ${told}` });
  }
}

interface OpenRequest {
  readonly file: string;
  readonly map: string;
  readonly folder: string;
  readonly volenti: Volenti;
  /** Where FILE is `-`. */
  readonly input: Readable;
}

async function readList(request: OpenRequest): Promise<OpenList> {
  const { folder, volenti } = request;
  const { source, csv } = request.file === "-" ? await readInput(request.input) : await findFile(request);
  const value = await readJson(resolve(folder, request.map));
  const { delimiter } = readImportMap({ value, volenti, columns: null });
  const columns = await checkList({ ...csv, delimiter });
  const map = readImportMap({ value, volenti, columns });
  return { map, source, read: (startOffset) => readFrom({ csv: { ...csv, delimiter }, startOffset }) };
}

interface FoundList {
  readonly source: Source;
  readonly csv: CsvSource;
}

async function findFile({ file, folder, input }: OpenRequest): Promise<FoundList> {
  const path = resolve(folder, file);
  const status = await stat(path).catch(() => null);
  if (status === null || !status.isFile()) {
    throw new UsageError({ code: "unreadableFile", sentence: "the FILE to import cannot be read: there is none, or it is no file" });
  }
  return { source: await openSource({ file, folder, input }), csv: { path } };
}

async function readInput(input: Readable): Promise<FoundList> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of input as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > LONGEST_INPUT) throw new UsageError({ code: "inputTooLong", sentence: "standard input is longer than 256 MiB: write it to a file, and import that" });
    chunks.push(chunk);
  }
  const bytes = Buffer.concat(chunks);
  return { source: { sizeInBytes: null, read: () => Readable.from([bytes]), close: () => {} }, csv: { bytes } };
}

async function readJson(path: string): Promise<unknown> {
  const text = await readFile(path, "utf8").catch(() => {
    throw new UsageError({ code: "unreadableFile", sentence: "the file of --map cannot be read" });
  });
  try {
    if (text.length > LONGEST_MAP) throw new RangeError("too long");
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    throw new ConfigurationError([{ path: "map", code: "malformedJson" }]);
  }
}

/** The columns. What is read is forgotten at once. */
async function checkList(request: CsvSource & { delimiter: ImportMap["delimiter"] }): Promise<ReadonlySet<string>> {
  const rows = readCsv(request);
  let columns: ReadonlySet<string> = new Set();
  for await (const { values } of rows) if (columns.size === 0 && values !== null) columns = new Set(values.keys());
  return columns;
}

async function* readFrom(request: {
  csv: CsvSource & { delimiter: ImportMap["delimiter"] };
  startOffset: number;
}): AsyncGenerator<ImportRow, void, undefined> {
  for await (const row of readCsv(request.csv)) if (row.endOffset > request.startOffset) yield row;
}
