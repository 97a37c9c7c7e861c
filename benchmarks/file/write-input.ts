import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { makeSubmission } from "../input/make-submission.ts";

const LINES_A_CHUNK = 500;

/** Writes submissions, one a line, as a stream: the benchmark must not need the memory that it measures. */
export async function writeInput(request: { path: string; lines: number }): Promise<void> {
  const { path, lines } = request;
  await pipeline(Readable.from(chunks(lines)), createWriteStream(path));
}

function* chunks(lines: number): Generator<string> {
  for (let start = 0; start < lines; start += LINES_A_CHUNK) {
    const length = Math.min(LINES_A_CHUNK, lines - start);
    yield Array.from({ length }, (_, index) => `${JSON.stringify(makeSubmission(start + index))}\n`).join("");
  }
}
