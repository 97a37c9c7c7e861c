import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ConfigurationError } from "@volenti/core";
import { openResume, openStreamResume } from "@volenti/node";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeFolder } from "./support/make-folder.ts";

async function* chunksOf(request: { bytes: Uint8Array; length: number }): AsyncGenerator<Uint8Array, void, undefined> {
  const { bytes, length } = request;
  // One chunk, filled again and again, as a source may.
  const chunk = Buffer.alloc(length);
  for (let start = 0; start < bytes.length; start += length) {
    const count = chunk.write(Buffer.from(bytes).toString("latin1", start, start + length), "latin1");
    yield chunk.subarray(0, count);
  }
}

async function readAll(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of source) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

async function codeOf(promise: Promise<unknown>): Promise<string> {
  const outcome = await promise.then(() => "resolved", (reason: unknown) => reason);
  return ConfigurationError.isInstance(outcome) ? outcome.problems.map(({ code }) => code).join() : String(outcome);
}

const text = Buffer.from("1\n2\n3\n4\n5\n");
const stream = (bytes: Uint8Array = text, length = 3): AsyncIterable<Uint8Array> => chunksOf({ bytes, length });

describe("a resume state of a stream", () => {
  it("starts afresh where there is none, with the whole stream to read", async () => {
    const path = join(await makeFolder(), "state.json");
    const resume = await openStreamResume({ path, source: stream() });
    expect(resume.start).toEqual({ offset: 0, line: 0, counts: {} });
    expect(await readAll(resume.rest)).toEqual(text);
  });

  it("goes on with exactly the rest, however the stream is cut into chunks, and digests as for a file", async () => {
    const folder = await makeFolder();
    let runs = 0;
    const bytes = fc.uint8Array({ minLength: 1, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(bytes, fc.nat(), fc.nat(), fc.integer({ min: 1, max: 9 }), async (all, left, right, length) => {
        const path = join(folder, `${(runs += 1)}.json`);
        const [first = 0, second = 0] = [left % (all.length + 1), right % (all.length + 1)].toSorted((one, other) => one - other);
        const before = await openStreamResume({ path, source: stream(all, length) });
        await readAll(before.rest);
        await before.save({ offset: first, line: 1, counts: {} });
        const resume = await openStreamResume({ path, source: stream(all, length) });
        expect(resume.start.offset).toBe(first);
        expect(await readAll(resume.rest)).toEqual(Buffer.from(all.subarray(first)));
        await resume.save({ offset: second, line: 2, counts: {} });
        const { prefixSha256 } = JSON.parse(await readFile(path, "utf8")) as { prefixSha256: string };
        expect(prefixSha256).toBe(createHash("sha256").update(all.subarray(0, second)).digest("hex"));
        await writeFile(join(folder, "source"), all);
        expect(await codeOf(openResume({ path, source: join(folder, "source") }))).toBe("resolved");
      }),
      { numRuns: 60 },
    );
  });

  it("is refused where the stream begins otherwise, ends too early, or the state is not whole", async () => {
    const path = join(await makeFolder(), "state.json");
    const resume = await openStreamResume({ path, source: stream() });
    await readAll(resume.rest);
    await resume.save({ offset: 8, line: 4, counts: {} });
    for (const other of ["1\n2\n3\n9\n5\n", "1\n2\n3\n4", ""]) {
      expect(await codeOf(openStreamResume({ path, source: stream(Buffer.from(other)) }))).toBe("resumeMismatch");
    }
    await writeFile(path, "{");
    expect(await codeOf(openStreamResume({ path, source: stream() }))).toBe("resumeCorrupt");
  });

  it("lets go of the stream when nobody reads on", async () => {
    const path = join(await makeFolder(), "state.json");
    let isLetGo = false;
    async function* held(): AsyncGenerator<Uint8Array, void, undefined> {
      try {
        yield* stream();
      } finally {
        isLetGo = true;
      }
    }
    const { rest } = await openStreamResume({ path, source: held() });
    for await (const chunk of rest) if (chunk.length > 0) break;
    expect(isLetGo).toBe(true);
  });

  it("saves no offset that was not read, and still the one that was the last to be asked for", async () => {
    const path = join(await makeFolder(), "state.json");
    const resume = await openStreamResume({ path, source: stream() });
    const iterator = resume.rest[Symbol.asyncIterator]();
    await iterator.next();
    await iterator.next();
    expect(await codeOf(resume.save({ offset: 8, line: 4, counts: {} }))).toBe("resumeMismatch");
    const again = await openStreamResume({ path, source: stream() });
    const rest = again.rest[Symbol.asyncIterator]();
    await rest.next();
    again.endAt(2);
    while ((await rest.next()).done !== true);
    await again.save({ offset: 2, line: 1, counts: {} });
    expect((await openStreamResume({ path, source: stream() })).start.offset).toBe(2);
  });
});
