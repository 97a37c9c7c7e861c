import { Buffer } from "node:buffer";
import { createPendingLine, type PendingLine } from "./pending-line.ts";

/** A line of bytes without its LF or CRLF; null where it is longer than allowed. */
export interface ByteLine {
  readonly bytes: Uint8Array | null;
  readonly lengthWithEnding: number;
}

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/**
 * Splits a stream of bytes into lines; answers the lines that end in one chunk together, since a promise a line would
 * cost more than the line. Their bytes are valid until the next pull. Of a line that is too long only the length is kept.
 */
export async function* splitLines(request: {
  source: AsyncIterable<Uint8Array>;
  maxLengthInBytes: number;
}): AsyncGenerator<Iterable<ByteLine>, void, undefined> {
  const { source, maxLengthInBytes } = request;
  // A carriage return that turns out to be an ending does not count.
  const pending = createPendingLine({ maxLengthInBytes: maxLengthInBytes + 1 });
  for await (const chunk of source) {
    const buffer = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    yield endedLines({ buffer, pending, maxLengthInBytes });
  }
  if (pending.length() > 0) {
    const lengthWithEnding = pending.length();
    yield [toLine({ bytes: pending.take(), lengthWithEnding, maxLengthInBytes })];
  }
}

function* endedLines(request: {
  buffer: Buffer;
  pending: PendingLine;
  maxLengthInBytes: number;
}): Generator<ByteLine, void, undefined> {
  const { buffer, pending, maxLengthInBytes } = request;
  let start = 0;
  for (let end = buffer.indexOf(LINE_FEED); end !== -1; end = buffer.indexOf(LINE_FEED, start)) {
    const piece = buffer.subarray(start, end);
    start = end + 1;
    if (pending.length() === 0) {
      yield toLine({ bytes: piece, lengthWithEnding: piece.length + 1, maxLengthInBytes });
    } else {
      pending.add(piece);
      const lengthWithEnding = pending.length() + 1;
      yield toLine({ bytes: pending.take(), lengthWithEnding, maxLengthInBytes });
    }
  }
  pending.add(buffer.subarray(start));
}

function toLine(request: { bytes: Uint8Array | null; lengthWithEnding: number; maxLengthInBytes: number }): ByteLine {
  const { bytes, lengthWithEnding, maxLengthInBytes } = request;
  if (bytes === null) return { bytes, lengthWithEnding };
  const content = bytes.at(-1) === CARRIAGE_RETURN ? bytes.subarray(0, -1) : bytes;
  return { bytes: content.length > maxLengthInBytes ? null : content, lengthWithEnding };
}
