import { createHash } from "node:crypto";
import { appendFile, mkdir, readdir, readFile, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ConfigurationError } from "@volenti/core";
import { openResume } from "@volenti/node";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeFolder } from "./support/make-folder.ts";

interface Places {
  readonly path: string;
  readonly source: string;
}

async function makePlaces(content: string): Promise<Places> {
  const folder = await makeFolder();
  const places = { path: join(folder, "state.json"), source: join(folder, "source.ndjson") };
  await writeFile(places.source, content);
  return places;
}

async function codeOf(promise: Promise<unknown>): Promise<string> {
  const outcome = await promise.then(() => "resolved", (reason: unknown) => reason);
  if (ConfigurationError.isInstance(outcome)) return outcome.problems.map(({ code }) => code).join();
  return String(outcome);
}

describe("a resume state", () => {
  it("starts afresh where there is none, and writes nothing by being opened", async () => {
    const places = await makePlaces("1\n2\n");
    expect((await openResume(places)).start).toEqual({ offset: 0, line: 0, counts: {} });
    expect(await readdir(join(places.path, ".."))).toEqual(["source.ndjson"]);
  });

  it("is found again as it was saved last", async () => {
    const places = await makePlaces("1\n2\n3\n");
    const resume = await openResume(places);
    await resume.save({ offset: 2, line: 1, counts: { delivered: 1 } });
    await resume.save({ offset: 4, line: 2, counts: { rejected: 1, delivered: 1 } });
    expect((await openResume(places)).start).toEqual({ offset: 4, line: 2, counts: { delivered: 1, rejected: 1 } });
  });

  it("holds the digest of the part of the file that it is about", async () => {
    const places = await makePlaces("1\n2\n3\n");
    await (await openResume(places)).save({ offset: 4, line: 2, counts: {} });
    const stored: unknown = JSON.parse(await readFile(places.path, "utf8"));
    expect(stored).toMatchObject({ schema: "volenti-resume-1", prefixSha256: createHash("sha256").update("1\n2\n").digest("hex") });
  });

  it("goes on from an earlier state, and digests as if there had been no stop", async () => {
    const places = await makePlaces("1\n2\n3\n");
    await (await openResume(places)).save({ offset: 2, line: 1, counts: {} });
    await (await openResume(places)).save({ offset: 6, line: 3, counts: {} });
    const stored: unknown = JSON.parse(await readFile(places.path, "utf8"));
    expect(stored).toMatchObject({ offset: 6, prefixSha256: createHash("sha256").update("1\n2\n3\n").digest("hex") });
  });

  it("is saved again once it can be, after it could not", async () => {
    const folder = await makeFolder();
    const places = { path: join(folder, "later", "state.json"), source: join(folder, "source.ndjson") };
    await writeFile(places.source, "1\n2\n3\n");
    const resume = await openResume(places);
    await expect(resume.save({ offset: 2, line: 1, counts: {} })).rejects.toMatchObject({ code: "ENOENT" });
    await mkdir(join(folder, "later"));
    await resume.save({ offset: 4, line: 2, counts: {} });
    expect((await openResume(places)).start.offset).toBe(4);
    await resume.remove();
    expect(await readdir(join(folder, "later"))).toEqual([]);
  });

  it("fits a source that has grown, and no other one", async () => {
    const places = await makePlaces("1\n2\n");
    await (await openResume(places)).save({ offset: 4, line: 2, counts: {} });
    await appendFile(places.source, "3\n");
    expect(await codeOf(openResume(places))).toBe("resolved");
    await truncate(places.source, 2);
    expect(await codeOf(openResume(places))).toBe("resumeMismatch");
    await writeFile(places.source, "1\n9\n3\n");
    expect(await codeOf(openResume(places))).toBe("resumeMismatch");
  });

  it("refuses to save an offset that the source does not reach", async () => {
    const places = await makePlaces("1\n");
    const resume = await openResume(places);
    expect(await codeOf(resume.save({ offset: 99, line: 9, counts: {} }))).toBe("resumeMismatch");
  });

  it("keeps the last of saves that are asked for at once", async () => {
    const places = await makePlaces("1\n".repeat(50));
    const resume = await openResume(places);
    await Promise.all(Array.from({ length: 20 }, (_, index) => resume.save({ offset: index * 2, line: index, counts: {} })));
    expect((await openResume(places)).start).toMatchObject({ offset: 38, line: 19 });
  });

  it("is gone after it was removed", async () => {
    const places = await makePlaces("1\n");
    const resume = await openResume(places);
    await resume.save({ offset: 2, line: 1, counts: {} });
    await resume.remove();
    expect((await openResume(places)).start.offset).toBe(0);
  });

  it("is corrupt however it is cut short", async () => {
    const places = await makePlaces("1\n2\n");
    await (await openResume(places)).save({ offset: 2, line: 1, counts: { delivered: 1 } });
    const text = await readFile(places.path, "utf8");
    for (let length = 0; length < text.trimEnd().length; length += 1) {
      await writeFile(places.path, text.slice(0, length));
      expect(await codeOf(openResume(places))).toBe("resumeCorrupt");
    }
  });

  it("never starts anywhere else when bytes of it are changed", async () => {
    const places = await makePlaces("1\n2\n3\n4\n5\n");
    await (await openResume(places)).save({ offset: 8, line: 4, counts: { delivered: 3, rejected: 1 } });
    const bytes = await readFile(places.path);
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: bytes.length - 1 }), fc.integer({ min: 0, max: 255 }), async (position, byte) => {
        const changed = Buffer.from(bytes);
        changed[position] = byte;
        await writeFile(places.path, changed);
        const start = await openResume(places).then((resume) => resume.start, (reason: unknown) => reason);
        if (ConfigurationError.isInstance(start)) expect(["resumeCorrupt", "resumeMismatch"]).toContain(start.problems[0]?.code);
        else expect(start).toEqual({ offset: 8, line: 4, counts: { delivered: 3, rejected: 1 } });
      }),
      { numRuns: 300 },
    );
  });
});
