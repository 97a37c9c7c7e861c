import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ConfigurationError } from "@volenti/core";
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { fileErasureLog, openResume, openStreamResume, readCsv, readLock, readNdjson } from "@volenti/node";
import { spoiledBytes } from "../../../tools/test-support/hostile/hostile-values.ts";
import { findMarker, MARKER } from "../../../tools/test-support/hostile/marker.ts";
import { fuzzRuns, survive } from "../../../tools/test-support/hostile/survive.ts";
import { makeFolder } from "./support/make-folder.ts";
import { toArray } from "./support/to-array.ts";

vi.setConfig({ testTimeout: fuzzRuns(180_000) });

const LOCK = JSON.stringify({ schema: "volenti-lock-1", purposes: { "loyalty@1": "a".repeat(64) }, notices: {}, keys: { signing: "key-1" } }, null, 2);
const NDJSON = `{"submissionId":"1","profile":{"givenName":"${MARKER}"}}\n{"a":[1,2,{"b":"${MARKER}"}]}\r\n\n{"c":1}\n`;

async function* inPortions(bytes: Uint8Array, length: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += length) yield bytes.subarray(start, start + length);
}

test("hostile lines are values or problems, in order, however the bytes are cut", async () => {
  await fc.assert(
    fc.asyncProperty(spoiledBytes({ text: NDJSON, pieces: ["\n", "\r\n", "{", "}", "\uFEFF", "[".repeat(20_000), "1".repeat(20_000)] }), fc.constantFrom(1000, 7, 1), async (bytes, length) => {
      const { answer } = await survive({ run: () => toArray(readNdjson(inPortions(bytes, bytes.length > 4000 ? 1000 : length), { maxLineLengthInBytes: 30_000 })), isOurs: () => false });
      const records = answer ?? [];
      for (const { problem } of records) expect([undefined, "malformedJson", "invalidUtf8", "lineTooLong"]).toContain(problem);
      expect(records.map(({ line }) => line)).toEqual(records.map(({ line }) => line).toSorted((left, right) => left - right));
      expect(records.at(-1)?.endOffset ?? 0).toBeLessThanOrEqual(bytes.length);
    }),
    { numRuns: fuzzRuns(300) },
  );
});

test("a hostile list is read or refused by code and line", async () => {
  const folder = await makeFolder();
  const path = join(folder, "list.csv");
  const text = `email;name;consent\r\n${MARKER}@example.com;"${MARKER} ""x""";yes\r\n;;no\r\n`;
  await fc.assert(
    fc.asyncProperty(spoiledBytes({ text, pieces: ['"', ";", ",", "\t", "\r\n", "\uFEFF", '"'.repeat(5000), "\n".repeat(5000), ";".repeat(5000)] }), async (bytes) => {
      await writeFile(path, bytes);
      await survive({ run: () => toArray(readCsv({ path })), isOurs: ConfigurationError.isInstance });
    }),
    { numRuns: fuzzRuns(200) },
  );
});

test.each([
  ["lock", LOCK, (path: string) => readLock({ path })],
  ["state", JSON.stringify({ schema: "volenti-resume-1", offset: 1, line: 1, prefixSha256: "0".repeat(64), counts: { delivered: 1 }, stateSha256: "0".repeat(64) }), (path: string) => openResume({ path, source: path })],
  ["state of a stream", JSON.stringify({ schema: "volenti-resume-1", offset: 1, line: 1, prefixSha256: "0".repeat(64), counts: {}, stateSha256: "0".repeat(64) }), (path: string) => openStreamResume({ path, source: inPortions(Buffer.from("{}\n"), 1) })],
  ["erasure log", `{"schema":"volenti-erasure-log-1","kind":"done","erasureId":"${MARKER}","at":1}\n`.repeat(3), (path: string) => toArray(fileErasureLog(path).read())],
])("a hostile %s is read, or refused by code and never quoted", async (_what, text, read) => {
  const folder = await makeFolder();
  const path = join(folder, "file");
  await fc.assert(
    fc.asyncProperty(spoiledBytes({ text, pieces: ["{", "}", ":", ",", '"', "\n", '"__proto__":{"a":1},', '"constructor":'] }), async (bytes) => {
      await writeFile(path, bytes);
      const { error } = await survive({ run: () => read(path), isOurs: ConfigurationError.isInstance });
      expect(findMarker(error)).toBeNull();
    }),
    { numRuns: fuzzRuns(200) },
  );
});
