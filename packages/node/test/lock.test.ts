import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ConfigurationError } from "@volenti/core";
import type { Catalogue, KeyDescription } from "@volenti/core/adapter";
import { compareLock, isLockCurrent, readLock, writeLock } from "@volenti/node";
import { describe, expect, it } from "vitest";
import { makeFolder } from "./support/make-folder.ts";

const digest = (letter: string): string => letter.repeat(64);

function catalogue(request: { purposes: Record<string, string>; notices?: Record<string, string> }): Catalogue {
  const { purposes, notices = {} } = request;
  return {
    purposes: Object.entries(purposes).map(([name, sha256]) => {
      const [key = "", version = ""] = name.split("@");
      const rest = { label: {}, basis: "consent", mechanism: "optIn", channels: [], attributes: [], recipients: [], covers: [], demands: {} } as const;
      return { key, version, sha256, current: true, ...rest };
    }),
    notices: Object.entries(notices).map(([name, sha256]) => {
      const [id = "", version = "", locale = ""] = name.split("@");
      return { id, version, locale, sha256, firstLayer: "", text: "", policyUrl: "", purposes: [], standalone: true };
    }),
  };
}

function key(keyId: string, status: "active" | "retired" = "active"): KeyDescription {
  return { keyId, kind: "signing", createdAt: "2026-01-01T00:00:00.000Z", status };
}

async function lockPath(): Promise<string> {
  return join(await makeFolder(), "volenti.lock.json");
}

async function problemsOf(promise: Promise<unknown>): Promise<unknown> {
  const error: unknown = await promise.catch((reason: unknown) => reason);
  return ConfigurationError.isInstance(error) ? error.problems : error;
}

describe("the lock file", () => {
  it("is written once where there is none: sorted, stable, and read back as it is", async () => {
    const path = await lockPath();
    const content = catalogue({
      purposes: { "sale@1": digest("b"), "loyalty@10": digest("d"), "loyalty@1": digest("a") },
      notices: { "signup@3@fr-FR": digest("c") },
    });
    expect(await readLock({ path })).toBeNull();
    const lock = await writeLock({ path, catalogue: content, keys: [key("k1")] });
    const text = await readFile(path, "utf8");
    expect(text).toBe(
      `{\n  "schema": "volenti-lock-1",\n  "purposes": {\n    "loyalty@1": "${digest("a")}",\n    "loyalty@10": "${digest("d")}",\n    "sale@1": "${digest("b")}"\n  },\n` +
        `  "notices": {\n    "signup@3@fr-FR": "${digest("c")}"\n  },\n  "keys": {\n    "signing": "k1"\n  }\n}\n`,
    );
    expect(await readLock({ path })).toEqual(lock);
    expect(isLockCurrent(compareLock({ lock, catalogue: content, keys: [key("k1")] }))).toBe(true);
  });

  it("is not touched when there is nothing to add", async () => {
    const path = await lockPath();
    const request = { path, catalogue: catalogue({ purposes: { "loyalty@1": digest("a") } }), keys: [key("k1")] };
    await writeLock(request);
    const { ino } = await stat(path);
    await writeLock(request);
    expect((await stat(path)).ino).toBe(ino);
  });

  it("gains new versions, and keeps those that left the configuration", async () => {
    const path = await lockPath();
    await writeLock({ path, catalogue: catalogue({ purposes: { "loyalty@1": digest("a") } }), keys: [] });
    const next = catalogue({ purposes: { "loyalty@2": digest("b") }, notices: { "n@1@en": digest("c") } });
    expect(compareLock({ lock: await readLock({ path }), catalogue: next, keys: [] })).toMatchObject({
      changed: [],
      added: [{ name: "loyalty@2" }, { name: "n@1@en" }],
    });
    const lock = await writeLock({ path, catalogue: next, keys: [] });
    expect(lock.purposes).toEqual({ "loyalty@1": digest("a"), "loyalty@2": digest("b") });
    expect(await problemsOf(writeLock({ path, catalogue: catalogue({ purposes: { "loyalty@1": digest("e") } }), keys: [] }))).toEqual([
      { path: "purposes.loyalty@1", code: "versionUnchanged" },
    ]);
  });

  it("names the version to raise where a meaning changed under it, and stays as it was", async () => {
    const path = await lockPath();
    const before = { purposes: { "loyalty@1": digest("a") }, notices: { "n@1@en": digest("b"), "n@1@fr": digest("c") } };
    await writeLock({ path, catalogue: catalogue(before), keys: [] });
    const text = await readFile(path, "utf8");
    const edited = catalogue({ ...before, notices: { "n@1@en": digest("b"), "n@1@fr": digest("d") } });
    expect(compareLock({ lock: await readLock({ path }), catalogue: edited, keys: [] }).changed).toEqual([
      { kind: "notice", name: "n@1@fr", key: "n", version: "1", sha256: digest("d") },
    ]);
    expect(await problemsOf(writeLock({ path, catalogue: edited, keys: [] }))).toEqual([{ path: "notices.n@1@fr", code: "versionUnchanged" }]);
    expect(await readFile(path, "utf8")).toBe(text);
  });

  it("names the keys that the keyring lacks", async () => {
    const path = await lockPath();
    const content = catalogue({ purposes: {} });
    await writeLock({ path, catalogue: content, keys: [key("k1")] });
    expect(compareLock({ lock: await readLock({ path }), catalogue: content, keys: [key("k2")] }).missingKeys).toEqual([
      { kind: "signing", keyId: "k1" },
    ]);
    expect(await problemsOf(writeLock({ path, catalogue: content, keys: [key("k2")] }))).toEqual([{ path: "keys.signing.k1", code: "keyMissing" }]);
  });

  it("follows a rotation, as long as the earlier key is still there to read with", async () => {
    const path = await lockPath();
    const content = catalogue({ purposes: {} });
    await writeLock({ path, catalogue: content, keys: [key("k1")] });
    const lock = await writeLock({ path, catalogue: content, keys: [key("k1", "retired"), key("k2")] });
    expect(lock.keys).toEqual({ signing: "k2" });
  });

  it("is never taken for an absent one when it is broken", async () => {
    const path = await lockPath();
    await writeLock({ path, catalogue: catalogue({ purposes: { "a@1": digest("a") } }), keys: [key("k1")] });
    const text = await readFile(path, "utf8");
    const broken = [
      "",
      "null",
      text.slice(0, -3),
      `<<<<<<< HEAD\n${text}`,
      text.replace("lock-1", "lock-2"),
      text.replace(digest("a"), "abc"),
      text.replace('"k1"', "7"),
      text.replace('"signing"', '"singing"'),
    ];
    for (const other of broken) {
      await writeFile(path, other);
      expect(await problemsOf(readLock({ path }))).toEqual([{ path: "volenti.lock.json", code: "lockInvalid" }]);
      expect(await problemsOf(writeLock({ path, catalogue: catalogue({ purposes: {} }), keys: [] }))).toHaveLength(1);
      expect(await readFile(path, "utf8")).toBe(other);
    }
  });
});
