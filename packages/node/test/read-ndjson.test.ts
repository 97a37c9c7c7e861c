import { readNdjson, type NdjsonRecord, type ReadNdjsonOptions } from "@volenti/node";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toArray } from "./support/to-array.ts";

async function* chunksOf(...chunks: Uint8Array[]): AsyncGenerator<Uint8Array, void, undefined> {
  yield* chunks;
}

async function read(text: string | Uint8Array, options?: ReadNdjsonOptions): Promise<NdjsonRecord[]> {
  return toArray(readNdjson(chunksOf(Buffer.from(text)), options));
}

/** A source that fills one chunk again and again. */
async function* reusing(): AsyncGenerator<Uint8Array, void, undefined> {
  const chunk = Buffer.alloc(4);
  for (const text of ['"abc', 'def"', "\n12\n"]) {
    chunk.write(text);
    yield chunk;
  }
}

async function* broken(): AsyncGenerator<Uint8Array, void, undefined> {
  yield Buffer.from("1\n");
  throw new RangeError("disk");
}

/** Cuts bytes at the given places. */
function cut(request: { bytes: Uint8Array; places: readonly number[] }): Uint8Array[] {
  const places = [0, ...request.places.map((place) => place % (request.bytes.length + 1)), request.bytes.length].toSorted(
    (left, right) => left - right,
  );
  return places.slice(1).map((place, index) => request.bytes.slice(places[index], place));
}

describe("readNdjson", () => {
  it("reads a value a line, with its place and the offset just after it", async () => {
    expect(await read('{"a":1}\n[2]\n')).toEqual([
      { line: 1, endOffset: 8, value: { a: 1 } },
      { line: 2, endOffset: 12, value: [2] },
    ]);
  });

  it("reads a last line without an ending", async () => {
    expect(await read("1\n2")).toEqual([
      { line: 1, endOffset: 2, value: 1 },
      { line: 2, endOffset: 3, value: 2 },
    ]);
  });

  it("takes CRLF for an ending, and a byte order mark at the start for nothing", async () => {
    expect(await read("\uFEFF1\r\n2\r\n")).toEqual([
      { line: 1, endOffset: 6, value: 1 },
      { line: 2, endOffset: 9, value: 2 },
    ]);
  });

  it("skips blank lines, and counts them", async () => {
    expect(await read("\n \t\r\n1\n\n")).toEqual([{ line: 3, endOffset: 7, value: 1 }]);
  });

  it("answers nothing for an empty file, and for one with a byte order mark only", async () => {
    expect(await read("")).toEqual([]);
    expect(await read("\uFEFF")).toEqual([]);
  });

  it("names what is wrong with a line in its place, and reads on", async () => {
    const bytes = Buffer.concat([Buffer.from('{"a":\n'), Buffer.of(0x22, 0xff, 0x22, 0x0a), Buffer.from(`"${"x".repeat(20)}"\n3\n`)]);
    expect(await read(bytes, { maxLineLengthInBytes: 10 })).toEqual([
      { line: 1, endOffset: 6, problem: "malformedJson" },
      { line: 2, endOffset: 10, problem: "invalidUtf8" },
      { line: 3, endOffset: 33, problem: "lineTooLong" },
      { line: 4, endOffset: 35, value: 3 },
    ]);
  });

  it("does not take a byte order mark within the file for white space", async () => {
    expect(await read("1\n\uFEFF2\n")).toMatchObject([{ value: 1 }, { problem: "malformedJson" }]);
    expect(await read("\uFEFF2\n", { startOffset: 2, startLine: 1 })).toMatchObject([{ problem: "malformedJson" }]);
  });

  it("refuses overlong forms and surrogates in UTF-8", async () => {
    const overlong = Buffer.of(0x22, 0xc0, 0xaf, 0x22, 0x0a);
    const surrogate = Buffer.of(0x22, 0xed, 0xa0, 0x80, 0x22);
    expect(await read(Buffer.concat([overlong, surrogate]))).toMatchObject([{ problem: "invalidUtf8" }, { problem: "invalidUtf8" }]);
  });

  it("allows a line of exactly the greatest length, however it ends and is cut", async () => {
    for (const ending of ["", "\n", "\r\n"]) {
      for (const start of ["", "\uFEFF"]) {
        const bytes = Buffer.from(`${start}12345${ending}`);
        for (let place = 0; place <= bytes.length; place += 1) {
          const exact = readNdjson(chunksOf(bytes.subarray(0, place), bytes.subarray(place)), { maxLineLengthInBytes: 5 });
          expect(await toArray(exact)).toMatchObject([{ value: 12345 }]);
          const tooLong = readNdjson(chunksOf(bytes.subarray(0, place), bytes.subarray(place)), { maxLineLengthInBytes: 4 });
          expect(await toArray(tooLong)).toMatchObject([{ problem: "lineTooLong" }]);
        }
      }
    }
  });

  it("continues the counting where it is told", async () => {
    expect(await read("7\n", { startOffset: 100, startLine: 9 })).toEqual([{ line: 10, endOffset: 102, value: 7 }]);
  });

  it("gives the same records however the bytes are cut into chunks", async () => {
    const piece = fc.oneof(
      fc.json().map((text) => Buffer.from(text)),
      fc.string({ unit: "grapheme" }).map((text) => Buffer.from(JSON.stringify(text))),
      fc.constantFrom("", " ", "\r", "{", "é", "\uFEFF").map((text) => Buffer.from(text)),
      fc.uint8Array({ maxLength: 12 }).map((bytes) => Buffer.from(bytes)),
    );
    const ending = fc.constantFrom("\n", "\r\n").map((text) => Buffer.from(text));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(piece, ending)), fc.array(fc.nat()), async (lines, places) => {
        const bytes = Buffer.concat(lines.flat());
        const options = { maxLineLengthInBytes: 40 };
        const whole = await read(bytes, options);
        expect(await toArray(readNdjson(chunksOf(...cut({ bytes, places })), options))).toEqual(whole);
        const single = [...bytes].map((byte) => Uint8Array.of(byte));
        expect(await toArray(readNdjson(chunksOf(...single), options))).toEqual(whole);
      }),
      { numRuns: 150 },
    );
  });

  it("continues anywhere as if it had never stopped", async () => {
    const text = fc.array(fc.oneof(fc.json(), fc.constantFrom("", "{", "  "))).map((lines) => `\uFEFF${lines.join("\n")}`);
    await fc.assert(
      fc.asyncProperty(text, fc.nat(), async (content, choice) => {
        const bytes = Buffer.from(content);
        const whole = await read(bytes);
        const stop = whole[choice % Math.max(1, whole.length)];
        if (stop === undefined) return;
        const rest = await read(bytes.subarray(stop.endOffset), { startOffset: stop.endOffset, startLine: stop.line });
        expect(rest).toEqual(whole.filter(({ line }) => line > stop.line));
      }),
    );
  });

  it("copies what it keeps of a chunk that the source fills again", async () => {
    expect(await toArray(readNdjson(reusing()))).toMatchObject([{ value: "abcdef" }, { value: 12 }]);
  });

  it("holds no more of an endless line than is allowed", async () => {
    const chunk = Buffer.alloc(1024 * 1024, 0x78);
    async function* gigabyte(): AsyncGenerator<Uint8Array, void, undefined> {
      for (let count = 0; count < 1024; count += 1) yield chunk;
      yield Buffer.from("\n1\n");
    }
    const before = process.memoryUsage();
    const records = await toArray(readNdjson(gigabyte()));
    const after = process.memoryUsage();
    expect(records).toEqual([
      { line: 1, endOffset: 1024 ** 3 + 1, problem: "lineTooLong" },
      { line: 2, endOffset: 1024 ** 3 + 3, value: 1 },
    ]);
    expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(64 * 1024 * 1024);
  });

  it("pulls no chunk before the records of the last one are taken, and closes the source when left", async () => {
    const events: string[] = [];
    async function* source(): AsyncGenerator<Uint8Array, void, undefined> {
      try {
        for (const text of ["1\n2\n", "3\n"]) {
          events.push("pulled");
          yield Buffer.from(text);
        }
      } finally {
        events.push("closed");
      }
    }
    for await (const { value } of readNdjson(source())) {
      events.push(String(value));
      if (value === 2) break;
    }
    expect(events).toEqual(["pulled", "1", "2", "closed"]);
  });

  it("passes on the source's own error", async () => {
    await expect(toArray(readNdjson(broken()))).rejects.toThrow(RangeError);
  });
});
