import { appendFileSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { fileErasureLog } from "@volenti/node";
import type { ErasureLogEntry, ErasureLogErasure } from "@volenti/core";
import { expect, it } from "vitest";
import { makeFolder } from "./support/make-folder.ts";
import { toArray } from "./support/to-array.ts";

function erasure(entryId: string): ErasureLogErasure {
  const suppressions = [{ kind: "email", keyId: "suppression-1", digest: "ab".repeat(32) }] as const;
  return {
    schema: "volenti-erasure-log-1",
    kind: "erasure",
    entryId,
    requestedAt: "2026-11-21T12:00:00.000Z",
    loggedAt: "2026-11-21T12:00:00.000Z",
    reason: "subjectRequest",
    places: [{ destinationId: "eu", subjectRefs: ["aaaabbbbccccddddeeeeffffgg"], derivedRefs: false, suppressions }],
    kept: [],
  };
}

const done: ErasureLogEntry = { schema: "volenti-erasure-log-1", kind: "done", entryId: "1", finishedAt: "2026-11-21T12:00:01.000Z", outcome: "complete" };

async function makePath(): Promise<string> {
  return `${await makeFolder()}/logs/erasures.ndjson`;
}

it("answers what was appended, in order, from a file that its owner alone reads", async () => {
  const path = await makePath();
  expect(await toArray(fileErasureLog(path).read())).toEqual([]);
  await fileErasureLog(path).append(erasure("1"));
  await fileErasureLog(path).append(done);
  expect(await toArray(fileErasureLog(path).read())).toEqual([erasure("1"), done]);
  if (process.platform !== "win32") expect(statSync(path).mode & 0o077).toBe(0);
});

it("reads every outcome and every reason that can be written", async () => {
  const path = await makePath();
  const entries: readonly ErasureLogEntry[] = [
    ...(["subjectRequest", "retentionEnded", "testData"] as const).map((reason) => ({ ...erasure(reason), reason })),
    ...(["complete", "incomplete", "held"] as const).map((outcome) => ({ ...done, entryId: outcome, outcome })),
  ];
  for (const entry of entries) await fileErasureLog(path).append(entry);
  expect(await toArray(fileErasureLog(path).read())).toEqual(entries);
});

it.each([1, 20, 100])("passes over a last line that a crash cut off after %s bytes, also once the log went on", async (length) => {
  const path = await makePath();
  const log = fileErasureLog(path);
  await log.append(erasure("1"));
  appendFileSync(path, JSON.stringify(erasure("2")).slice(0, length));
  expect(await toArray(log.read())).toEqual([erasure("1")]);
  await log.append(erasure("3"));
  await log.append(done);
  expect(await toArray(log.read())).toEqual([erasure("1"), erasure("3"), done]);
});

it.each([
  ["cut in the middle", (text: string) => text.replace('"requestedAt"', "")],
  ["of another kind", (text: string) => text.replace('"kind":"erasure"', '"kind":"other"')],
  ["without its digests", (text: string) => text.replace('"suppressions"', '"others"')],
])("does not go on over a line that is %s", async (_how, change) => {
  const path = await makePath();
  const log = fileErasureLog(path);
  for (const id of ["1", "2"]) await log.append(erasure(id));
  writeFileSync(path, change(readFileSync(path, "utf8")));
  await expect(toArray(log.read())).rejects.toMatchObject({ problems: [{ path: "erasureLog line 1", code: "erasureLogCorrupt" }] });
});

it("says that it cannot write before anything is relied on", async () => {
  const folder = await makeFolder();
  writeFileSync(`${folder}/file`, "");
  await expect(fileErasureLog(`${folder}/file/erasures.ndjson`).append(done)).rejects.toMatchObject({ problems: [{ code: "erasureLogUnwritable" }] });
});

it("keeps the lines of several processes apart", async () => {
  const path = await makePath();
  const script = fileURLToPath(new URL("./support/append-erasures.ts", import.meta.url));
  const run = (name: string): Promise<number | null> =>
    new Promise((resolve) => {
      const child = spawn(process.execPath, ["--conditions=@volenti/source", script, path, name], { stdio: "ignore" });
      child.on("close", resolve);
    });
  expect(await Promise.all(["a", "b", "c"].map(run))).toEqual([0, 0, 0]);
  const ids = (await toArray(fileErasureLog(path).read())).map(({ entryId }) => entryId);
  expect(ids.toSorted()).toEqual(["a", "b", "c"].flatMap((name) => Array.from({ length: 50 }, (_, index) => `${name}${String(index).padStart(2, "0")}`)));
});
