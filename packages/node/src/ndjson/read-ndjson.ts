import { Buffer } from "node:buffer";
import { TextDecoder } from "node:util";
import type { UnreadableInputCode } from "@volenti/core";
import { splitLines } from "./split-lines.ts";

/** How a file of submissions is read. */
export interface ReadNdjsonOptions {
  /** Bytes of a line without its ending; a longer one is a problem, whatever it holds. Default 262 144. */
  maxLineLengthInBytes?: number | undefined;
  /** Bytes of the file before the source's first. Default 0. */
  startOffset?: number | undefined;
  /** Lines of the file before the source's first. Default 0. */
  startLine?: number | undefined;
}

/** One line that is not blank: its value, or why it has none. */
export type NdjsonRecord = {
  /** From 1, blank lines counted. */
  readonly line: number;
  /** Bytes of the file up to the end of this line, its ending included: where to go on after it. */
  readonly endOffset: number;
} & ({ readonly value: unknown; readonly problem?: undefined } | { readonly problem: UnreadableInputCode; readonly value?: undefined });

const DEFAULT_MAX_LINE_LENGTH_IN_BYTES = 262_144;
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);
const SPACE = 0x20;
const TAB = 0x09;

/**
 * Reads one JSON value a line (UTF-8; LF or CRLF; the last line may lack its ending; a byte order mark is allowed at
 * the start of the file). A line that cannot be read is answered as a problem in its place and never stops the rest.
 * Holds no more than one chunk of the source and one line of the allowed length. Rejects only with the source's error.
 */
export async function* readNdjson(
  source: AsyncIterable<Uint8Array>,
  options: ReadNdjsonOptions = {},
): AsyncGenerator<NdjsonRecord, void, undefined> {
  const { maxLineLengthInBytes = DEFAULT_MAX_LINE_LENGTH_IN_BYTES, startOffset = 0, startLine = 0 } = options;
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let line = startLine;
  let endOffset = startOffset;
  let mayHoldByteOrderMark = startOffset === 0;
  for await (const lines of splitLines({ source, maxLengthInBytes: maxLineLengthInBytes + BYTE_ORDER_MARK.length })) {
    for (const { bytes, lengthWithEnding } of lines) {
      line += 1;
      endOffset += lengthWithEnding;
      const content = mayHoldByteOrderMark ? withoutByteOrderMark(bytes) : bytes;
      mayHoldByteOrderMark = false;
      if (content === null || content.length > maxLineLengthInBytes) {
        yield { line, endOffset, problem: "lineTooLong" };
      } else if (!isBlank(content)) {
        yield { line, endOffset, ...readValue({ content, decoder }) };
      }
    }
  }
}

function readValue(request: {
  content: Uint8Array;
  decoder: TextDecoder;
}): { readonly value: unknown } | { readonly problem: UnreadableInputCode } {
  let text: string;
  try {
    text = request.decoder.decode(request.content);
  } catch {
    return { problem: "invalidUtf8" };
  }
  try {
    return { value: JSON.parse(text) };
  } catch {
    // The parser's message quotes the text, so nothing of it is passed on.
    return { problem: "malformedJson" };
  }
}

function withoutByteOrderMark(bytes: Uint8Array | null): Uint8Array | null {
  if (bytes === null || bytes.length < BYTE_ORDER_MARK.length) return bytes;
  return BYTE_ORDER_MARK.every((byte, index) => bytes[index] === byte)
    ? bytes.subarray(BYTE_ORDER_MARK.length)
    : bytes;
}

function isBlank(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === SPACE || byte === TAB);
}
