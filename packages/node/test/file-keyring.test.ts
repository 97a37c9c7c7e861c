import { existsSync } from "node:fs";
import { chmod, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ConfigurationError, ConnectorError } from "@volenti/core";
import { fileKeyring, nodeCrypto } from "@volenti/node";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeFolder } from "./support/make-folder.ts";
import { runNode } from "./support/run-node.ts";

const KINDS = ["signing", "keyEncryption", "subjectRef", "blindIndex", "submission", "suppression", "release"] as const;
const data = new TextEncoder().encode("data");

function failure(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  return expect.fail("nothing was thrown");
}

async function keyFiles(directory: string): Promise<string[]> {
  return (await readdir(directory)).filter((name) => !name.startsWith("keyring")).toSorted();
}

describe("fileKeyring", () => {
  it("does nothing until its first use, then makes one active key of each kind", async () => {
    const directory = join(await makeFolder(), "deep", "keys");
    const keyring = fileKeyring(directory, { clock: { now: () => Date.UTC(2026, 10, 21) } });
    expect(existsSync(directory)).toBe(false);
    const keys = keyring.describe();
    expect(keys.map(({ kind }) => kind)).toEqual([...KINDS]);
    expect(keys.every(({ status, createdAt }) => status === "active" && createdAt === "2026-11-21T00:00:00.000Z")).toBe(true);
    expect(new Set(keys.map(({ keyId }) => keyId)).size).toBe(7);
  });

  it.skipIf(process.platform === "win32")("keeps the folder and its files from everybody else", async () => {
    const directory = join(await makeFolder(), "keys");
    fileKeyring(directory).describe();
    expect((await stat(directory)).mode & 0o777).toBe(0o700);
    for (const name of await readdir(directory)) {
      expect((await stat(join(directory, name))).mode & 0o777).toBe(0o600);
    }
  });

  it("signs so that the published key verifies, under the id that it named beforehand", async () => {
    const keyring = fileKeyring(join(await makeFolder(), "keys"));
    const { keyId, signature } = keyring.sign({ data });
    const publicKey = keyring.describe().find((key) => key.keyId === keyId)?.publicKey;
    expect(keyring.signingKeyId()).toBe(keyId);
    expect(publicKey?.kid).toBe(keyId);
    expect(publicKey !== undefined && nodeCrypto.verifyEd25519({ publicKey, data, signature })).toBe(true);
  });

  it("gives the same answers after a restart", async () => {
    const directory = join(await makeFolder(), "keys");
    const before = fileKeyring(directory);
    const digest = before.mac({ use: "blindIndex", messages: [data] });
    expect(fileKeyring(directory).mac({ use: "blindIndex", messages: [data] })).toEqual(digest);
    expect(fileKeyring(directory).describe()).toEqual(before.describe());
  });

  it("gives every use a key of its own", async () => {
    const keyring = fileKeyring(join(await makeFolder(), "keys"));
    const uses = ["subjectRef", "blindIndex", "submission", "suppression", "release"] as const;
    const digests = uses.map((use) => Buffer.from(keyring.mac({ use, messages: [data] }).macs[0] ?? []).toString("hex"));
    expect(new Set(digests).size).toBe(uses.length);
  });

  it("unwraps every key that it wrapped, under the same context only", async () => {
    const keyring = fileKeyring(join(await makeFolder(), "keys"));
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), fc.string(), fc.string(), (key, context, other) => {
        const { keyId, wrapped: [wrapped = data] } = keyring.wrap({ keys: [{ key, context }] });
        expect(keyring.unwrap({ keys: [{ keyId, wrapped, context }] })).toEqual([key]);
        if (other === context) return;
        expect(() => keyring.unwrap({ keys: [{ keyId, wrapped, context: other }] })).toThrow("invalidInput");
      }),
    );
  });

  it("refuses a wrapped key of which any byte was changed", async () => {
    const keyring = fileKeyring(join(await makeFolder(), "keys"));
    const { keyId, wrapped: [wrapped = data] } = keyring.wrap({ keys: [{ key: new Uint8Array(32), context: "c" }] });
    for (const position of wrapped.keys()) {
      const changed = wrapped.map((byte, index) => (index === position ? byte ^ 0x80 : byte));
      expect(ConnectorError.isInstance(failure(() => keyring.unwrap({ keys: [{ keyId, wrapped: changed, context: "c" }] })))).toBe(true);
    }
  });

  it("says that a wrapped key is of another algorithm", async () => {
    const keyring = fileKeyring(join(await makeFolder(), "keys"));
    const request = { keyId: keyring.wrap({ keys: [] }).keyId, wrapped: new Uint8Array(64).fill(9), context: "c" };
    expect(failure(() => keyring.unwrap({ keys: [request] }))).toMatchObject({ code: "versionMismatch", providerCode: "unknownWrapAlgorithm" });
  });
});

describe("rotation", () => {
  it("writes with the new key, and still reads with the old one", async () => {
    const directory = join(await makeFolder(), "keys");
    const keyring = fileKeyring(directory);
    const context = "person";
    const old = keyring.wrap({ keys: [{ key: data, context }] });
    const digest = keyring.mac({ use: "blindIndex", messages: [data] });
    const wrapped = old.wrapped[0] ?? data;
    const rotated = [keyring.rotate("keyEncryption"), keyring.rotate("blindIndex")];
    for (const current of [keyring, fileKeyring(directory)]) {
      expect(current.wrap({ keys: [] }).keyId).toBe(rotated[0]?.keyId);
      expect(current.unwrap({ keys: [{ keyId: old.keyId, wrapped, context }] })).toEqual([data]);
      expect(current.mac({ use: "blindIndex", messages: [data] }).keyId).toBe(rotated[1]?.keyId);
      expect(current.mac({ use: "blindIndex", keyId: digest.keyId, messages: [data] })).toEqual(digest);
      expect(current.describe().filter(({ status }) => status === "active")).toHaveLength(7);
      expect(current.describe().filter(({ status }) => status === "retired").map(({ keyId }) => keyId)).toEqual([old.keyId, digest.keyId]);
    }
  });

  it("is found by a keyring that was opened before, when it meets the new key's id", async () => {
    const directory = join(await makeFolder(), "keys");
    const earlier = fileKeyring(directory);
    earlier.signingKeyId();
    const later = fileKeyring(directory);
    later.rotate("keyEncryption");
    const { keyId, wrapped: [wrapped = new Uint8Array()] } = later.wrap({ keys: [{ key: data, context: "c" }] });
    expect(earlier.unwrap({ keys: [{ keyId, wrapped, context: "c" }] })).toEqual([data]);
  });

  it("by another process is described at once, and does not change what this one signs with", async () => {
    const directory = join(await makeFolder(), "keys");
    const keyring = fileKeyring(directory);
    const before = keyring.signingKeyId();
    const rotated = fileKeyring(directory).rotate("signing");
    expect(keyring.describe().filter(({ kind }) => kind === "signing").map(({ keyId, status }) => [keyId, status])).toEqual([
      [before, "retired"],
      [rotated.keyId, "active"],
    ]);
    expect(keyring.sign({ data }).keyId).toBe(before);
  });
});

describe("a keyring that lacks something", () => {
  it("refuses to make keys in production, and leaves no trace", async () => {
    const directory = join(await makeFolder(), "keys");
    const error = failure(() => fileKeyring(directory, { production: true }).describe());
    expect(ConfigurationError.isInstance(error) && error.problems).toEqual([{ path: "keys", code: "keyringInProduction" }]);
    expect(existsSync(directory)).toBe(false);
  });

  it("takes production from NODE_ENV", async () => {
    const directory = join(await makeFolder(), "keys");
    const script = new URL("./support/describe-keyring.ts", import.meta.url);
    const run = runNode({ script, scriptArguments: [directory], environment: { NODE_ENV: "production" } });
    await expect(run).rejects.toThrow("keyringInProduction");
  });

  it("reads in production the keys that are there, and refuses to rotate them", async () => {
    const directory = join(await makeFolder(), "keys");
    const keys = fileKeyring(directory).describe();
    const keyring = fileKeyring(directory, { production: true });
    expect(keyring.describe()).toEqual(keys);
    expect(() => keyring.rotate("signing")).toThrow("keyringInProduction");
  });

  it("says which key is missing, and never makes another in its place", async () => {
    const directory = join(await makeFolder(), "keys");
    fileKeyring(directory).describe();
    await rm(join(directory, "signing-1.json"));
    const error = failure(() => fileKeyring(directory).sign({ data }));
    expect(error).toMatchObject({ code: "invalidConfiguration", providerCode: "keyMissing", fieldNames: ["signing"] });
    expect(await keyFiles(directory)).not.toContain("signing-1.json");
  });

  it("says that a key that somebody names is missing", async () => {
    const keyring = fileKeyring(join(await makeFolder(), "keys"));
    const named = failure(() => keyring.mac({ use: "blindIndex", keyId: "blindIndex-lost", messages: [data] }));
    const otherUse = failure(() => keyring.mac({ use: "blindIndex", keyId: keyring.signingKeyId(), messages: [data] }));
    expect([named, otherUse]).toMatchObject([{ providerCode: "keyMissing" }, { providerCode: "keyMissing" }]);
  });

  it("refuses a key file that is cut short or of another kind, without quoting it", async () => {
    const directory = join(await makeFolder(), "keys");
    fileKeyring(directory).describe();
    const text = await readFile(join(directory, "submission-1.json"), "utf8");
    const secret = (JSON.parse(text) as { key: { k: string } }).key.k;
    const others = [text.slice(0, -9), text.replace('"submission"', '"blindIndex"'), text.replace(secret, secret.slice(4)), "null", ""];
    for (const other of others) {
      await writeFile(join(directory, "submission-1.json"), other);
      const error = failure(() => fileKeyring(directory).describe());
      expect(error).toMatchObject({ code: "invalidConfiguration", providerCode: "keyFileInvalid", fieldNames: ["submission"] });
      expect(JSON.stringify(error) + String((error as Error).stack)).not.toContain(secret.slice(4, 20));
    }
  });
});

describe("a keyring of a configuration whose lock names keys", () => {
  const RESOLVE_FROM = Symbol.for("volenti.resolveFrom");
  const lock = (keys: Record<string, string>): string => JSON.stringify({ schema: "volenti-lock-1", purposes: {}, notices: {}, keys });

  function openIn(folder: string): ReturnType<typeof fileKeyring> {
    const keyring = fileKeyring("./keys");
    (keyring as unknown as Record<symbol, (directory: string) => void>)[RESOLVE_FROM]?.(folder);
    return keyring;
  }

  it.each([
    ["names some", lock({ signing: "signing-1" })],
    ["cannot be read", "{"],
  ])("makes none where the lock %s and the folder is gone", async (_how, text) => {
    const folder = await makeFolder();
    await writeFile(join(folder, "volenti.lock.json"), text);
    const keyring = openIn(folder);
    expect(keyring.describe()).toEqual([]);
    expect(failure(() => keyring.sign({ data }))).toMatchObject({ code: "invalidConfiguration", providerCode: "keyMissing" });
    expect(existsSync(join(folder, "keys"))).toBe(false);
  });

  it("makes them where the lock names none", async () => {
    const folder = await makeFolder();
    await writeFile(join(folder, "volenti.lock.json"), lock({}));
    expect(openIn(folder).describe()).toHaveLength(KINDS.length);
  });
});

describe("a folder that was filled, and not marked", () => {
  it("is marked by whoever sees it whole, so that a key that is lost later is not made anew", async () => {
    const directory = join(await makeFolder(), "keys");
    const keys = fileKeyring(directory).describe();
    await rm(join(directory, "keyring.json"));
    expect(fileKeyring(directory, { production: true }).describe()).toEqual(keys);
    await rm(join(directory, "blindIndex-1.json"));
    const error = failure(() => fileKeyring(directory).mac({ use: "blindIndex", messages: [data] }));
    expect(error).toMatchObject({ code: "invalidConfiguration", providerCode: "keyMissing", fieldNames: ["blindIndex"] });
    expect(await keyFiles(directory)).not.toContain("blindIndex-1.json");
  });

  it.skipIf(process.platform === "win32" || process.getuid?.() === 0)("is read where it cannot be written to", async () => {
    const directory = join(await makeFolder(), "keys");
    const keys = fileKeyring(directory).describe();
    await rm(join(directory, "keyring.json"));
    await chmod(directory, 0o500);
    expect(fileKeyring(directory).describe()).toEqual(keys);
    await chmod(directory, 0o700);
  });
});

describe("a folder of a version that knew fewer kinds of keys", () => {
  it("is given the new kind once, and never in the place of one that was lost", async () => {
    const directory = join(await makeFolder(), "keys");
    const before = fileKeyring(directory).describe();
    await rm(join(directory, "keyring-release.json"));
    await rm(join(directory, "release-1.json"));
    expect(fileKeyring(directory, { production: true }).describe()).toEqual(before.slice(0, -1));
    const given = fileKeyring(directory).describe();
    expect(given.slice(0, -1)).toEqual(before.slice(0, -1));
    expect(given.at(-1)).toMatchObject({ kind: "release", status: "active" });
    await rm(join(directory, "release-1.json"));
    const error = failure(() => fileKeyring(directory).mac({ use: "release", messages: [data] }));
    expect(error).toMatchObject({ providerCode: "keyMissing", fieldNames: ["release"] });
  });
});

describe("processes that share a folder", () => {
  it("agree on the keys when they use it for the first time at once", async () => {
    const directory = join(await makeFolder(), "keys");
    const script = new URL("./support/describe-keyring.ts", import.meta.url);
    const printed = await Promise.all([1, 2, 3].map(() => runNode({ script, scriptArguments: [directory] })));
    expect(new Set(printed).size).toBe(1);
    expect(await keyFiles(directory)).toEqual(KINDS.map((kind) => `${kind}-1.json`).toSorted());
  });

  it("go on where one was stopped before it had made all keys", async () => {
    const directory = join(await makeFolder(), "keys");
    const before = fileKeyring(directory).describe();
    await rm(join(directory, "keyring.json"));
    await rm(join(directory, "suppression-1.json"));
    const after = fileKeyring(directory).describe();
    expect(after.slice(0, 5)).toEqual(before.slice(0, 5));
    expect(after[5]?.kind).toBe("suppression");
  });
});
