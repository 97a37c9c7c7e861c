import { createHash, generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import fc from "fast-check";
import * as jose from "jose";
import { describe, expect, it } from "vitest";
import {
  buildMerkleTree,
  canonicalise,
  EMPTY_RANGE,
  extendRange,
  fromBase64url,
  hashRanges,
  listConsistencyRanges,
  listInclusionRanges,
  readPeaks,
  rootOfRange,
  signHead,
  verifyConsistency,
  verifyHead,
  verifyInclusion,
  webCrypto,
  writePeaks,
} from "@volenti/core/adapter";
import { verifyReceipt, type PublicKey } from "@volenti/core";
import { writeReceipt } from "../src/evidence/receipt.ts";
import { sha256 } from "../src/evidence/sha256.ts";

const vectors = new URL("../../../test-fixtures/vectors/", import.meta.url);

function signingKey(kid: string): { keyring: Parameters<typeof signHead>[0]["keyring"]; publicKey: PublicKey } {
  const pair: { publicKey: KeyObject; privateKey: KeyObject } = generateKeyPairSync("ed25519");
  const { x } = pair.publicKey.export({ format: "jwk" });
  return {
    keyring: {
      signingKeyId: () => kid,
      sign: ({ data }) => ({ keyId: kid, signature: new Uint8Array(sign(null, data, pair.privateKey)) }),
    },
    publicKey: { kty: "OKP", crv: "Ed25519", x: x ?? "", kid },
  };
}

describe("canonical JSON", () => {
  it.each(readdirSync(new URL("jcs/input/", vectors)))("writes the official vector %s byte for byte", (name) => {
    const input: unknown = JSON.parse(readFileSync(new URL(`jcs/input/${name}`, vectors), "utf8"));
    const output = readFileSync(new URL(`jcs/output/${name}`, vectors), "utf8");
    expect(canonicalise(input)).toBe(output);
  });

  it("gives one text whatever the order of members", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: "grapheme" }), fc.jsonValue({ maxDepth: 2 })), (record) => {
        const reversed = Object.fromEntries(Object.entries(record).toReversed());
        expect(canonicalise(reversed)).toBe(canonicalise(record));
        expect(JSON.parse(canonicalise(record))).toEqual(JSON.parse(JSON.stringify(record)));
      }),
    );
  });

  it.each([
    ["a lone surrogate", "\ud800"],
    ["a lone surrogate as key", { "\udfff": 1 }],
    ["a lone surrogate deep inside, out of order", { b: [{ text: "\ud83d\ude00 \ude00" }], a: 1 }],
    ["a number that is not finite", Number.NaN],
    ["undefined", { a: undefined }],
    ["a date", new Date(0)],
    ["a map", new Map()],
    ["a bigint", 1n],
    ["nesting without end", Array.from({ length: 70 }).reduce((inner) => [inner], 0)],
  ])("refuses %s, and tells no value", (_name, value) => {
    expect(() => canonicalise(value)).toThrow(/^not canonicalisable: [a-z ]+$/);
  });
});

describe("canonical JSON of texts", () => {
  it("takes a backslash before ud for what it is, and whole surrogates for letters", () => {
    const texts = { "\\ud800": "\\udfff", "\ud83d\ude00": ["\\\\ud83d", "\ud83d\ude00"] };
    expect(canonicalise(texts)).toBe('{"\\\\ud800":"\\\\udfff","\ud83d\ude00":["\\\\\\\\ud83d","\ud83d\ude00"]}');
  });
});

describe("SHA-256 without a platform", () => {
  it("agrees with the platform for every message", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (message) => {
        expect(Buffer.from(sha256(message)).toString("hex")).toBe(createHash("sha256").update(message).digest("hex"));
      }),
    );
  });
});

interface InclusionVector {
  readonly leafIdx: number;
  readonly treeSize: number;
  readonly root: string;
  readonly leafHash: string;
  readonly proof: readonly string[] | null;
  readonly wantErr: boolean;
  readonly desc: string;
}

describe("Merkle trees", () => {
  it("proves every leaf of every tree of up to 70 leaves, and no leaf at another's place", async () => {
    for (let size = 1; size <= 70; size += 1) {
      const leaves = Array.from({ length: size }, (_, index) => new Uint8Array([index, size]));
      const { root, paths } = await buildMerkleTree({ leaves, crypto: webCrypto });
      for (const [leafIndex, leaf] of leaves.entries()) {
        const proof = { leaf, treeSize: size, path: paths[leafIndex]!, root, crypto: webCrypto };
        expect(await verifyInclusion({ ...proof, leafIndex })).toBe(true);
        if (size > 1) expect(await verifyInclusion({ ...proof, leafIndex: (leafIndex + 1) % size })).toBe(false);
      }
    }
  });

  it("gives the roots of RFC 6962's test tree", async () => {
    const { leavesHex, rootHexBySize } = JSON.parse(readFileSync(new URL("merkle/roots.json", vectors), "utf8")) as {
      leavesHex: readonly string[];
      rootHexBySize: readonly string[];
    };
    for (const [size, expected] of rootHexBySize.entries()) {
      const leaves = leavesHex.slice(0, size).map((hexadecimal) => Buffer.from(hexadecimal, "hex"));
      const { root } = await buildMerkleTree({ leaves, crypto: webCrypto });
      expect(Buffer.from(root).toString("hex")).toBe(expected);
    }
  });

  it("refuses an altered path, root or leaf", async () => {
    const leaves = Array.from({ length: 9 }, (_, index) => new Uint8Array([index]));
    const { root, paths } = await buildMerkleTree({ leaves, crypto: webCrypto });
    await fc.assert(
      fc.asyncProperty(fc.nat(8), fc.nat(31), fc.nat(7), fc.constantFrom("leaf", "root", "path"), async (leafIndex, byte, bit, where) => {
        const flip = (bytes: Uint8Array): Uint8Array => {
          const copy = bytes.slice();
          copy[byte % copy.length]! ^= 1 << bit;
          return copy;
        };
        const path = paths[leafIndex]!;
        const forged = {
          leaf: where === "leaf" ? flip(leaves[leafIndex]!) : leaves[leafIndex]!,
          root: where === "root" ? flip(root) : root,
          path: where === "path" ? [flip(path[0]!), ...path.slice(1)] : path,
        };
        expect(await verifyInclusion({ ...forged, leafIndex, treeSize: 9, crypto: webCrypto })).toBe(false);
      }),
    );
  });

  it("judges the public inclusion vectors as their authors do", async () => {
    const { vectors: cases } = JSON.parse(readFileSync(new URL("merkle/inclusion.json", vectors), "utf8")) as { vectors: InclusionVector[] };
    // The vectors give leaf hashes; a digest that answers the leaf's for its prefixed data stands in for the first step.
    for (const { leafIdx, treeSize, root, leafHash, proof, wantErr, desc } of cases) {
      let isFirst = true;
      const crypto: typeof webCrypto = {
        ...webCrypto,
        sha256: (messages) => {
          if (!isFirst) return webCrypto.sha256(messages);
          isFirst = false;
          return [Buffer.from(leafHash, "base64")];
        },
      };
      const path = (proof ?? []).map((node) => Buffer.from(node, "base64"));
      const answer = await verifyInclusion({
        leaf: new Uint8Array(0),
        leafIndex: leafIdx,
        treeSize,
        path,
        root: Buffer.from(root, "base64"),
        crypto,
      });
      expect(answer, desc).toBe(!wantErr);
    }
  });
});

interface ConsistencyVector {
  readonly size1?: number;
  readonly size2?: number;
  readonly root1: string;
  readonly root2: string;
  readonly proof: readonly string[] | null;
  readonly wantErr: boolean;
  readonly desc: string;
}

interface SubtreeVector {
  readonly start?: number;
  readonly end?: number;
  readonly size?: number;
  readonly leafHash?: string;
}

async function* each(leaves: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* leaves;
}

const numbered = (size: number): readonly Uint8Array[] => Array.from({ length: size }, (_, index) => new Uint8Array([index, index >> 8]));

describe("Merkle logs", () => {
  it("judges the public consistency vectors as their authors do", async () => {
    const { vectors: all } = JSON.parse(readFileSync(new URL("merkle/consistency.json", vectors), "utf8")) as { vectors: (ConsistencyVector & SubtreeVector)[] };
    // The file has proofs about subtrees as well, which are no part of RFC 9162, but for those that begin at the first leaf.
    const cases = all.filter(({ leafHash, start = 0, end = 1 }) => leafHash === undefined && start === 0 && end > 0);
    expect(cases.length).toBeGreaterThan(100);
    for (const { size1: first, size2: second, end = 0, size = 0, root1, root2, proof, wantErr, desc } of cases) {
      const [size1, size2] = [first ?? end, second ?? size];
      const answer = await verifyConsistency({
        size: size1,
        root: Buffer.from(root1, "base64"),
        laterSize: size2,
        laterRoot: Buffer.from(root2, "base64"),
        proof: (proof ?? []).map((node) => Buffer.from(node, "base64")),
        crypto: webCrypto,
      });
      expect(answer, `${size1} ${size2} ${desc}`).toBe(!wantErr);
    }
  });

  it("gives the same root however the leaves come, and proves that it grew from any size before", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 6 }), async (portions) => {
        let range = EMPTY_RANGE;
        const sizes: number[] = [];
        const leaves = numbered(portions.reduce((sum, portion) => sum + portion, 0));
        for (const portion of portions) {
          range = await extendRange({ range, leaves: leaves.slice(range.size, range.size + portion), crypto: webCrypto });
          sizes.push(range.size);
        }
        const { root: laterRoot } = await buildMerkleTree({ leaves, crypto: webCrypto });
        expect(await rootOfRange({ range, crypto: webCrypto })).toEqual(laterRoot);
        expect(readPeaks({ size: range.size, text: writePeaks(range) })).toEqual({ size: range.size, peaks: range.peaks.map((peak) => new Uint8Array(peak)) });
        for (const size of sizes) {
          const { root } = await buildMerkleTree({ leaves: leaves.slice(0, size), crypto: webCrypto });
          const ranges = listConsistencyRanges({ size, laterSize: range.size });
          const proof = await hashRanges({ ranges, leaves: each(leaves), crypto: webCrypto });
          expect(await verifyConsistency({ size, root, laterSize: range.size, laterRoot, proof, crypto: webCrypto })).toBe(true);
        }
      }),
      { numRuns: 30 },
    );
  });

  it("makes by one pass over the leaves the inclusion proof that the whole tree gives", async () => {
    for (const size of [1, 2, 3, 7, 8, 13, 64, 65]) {
      const leaves = numbered(size);
      const { paths } = await buildMerkleTree({ leaves, crypto: webCrypto });
      for (const [leafIndex, path] of paths.entries()) {
        const ranges = listInclusionRanges({ leafIndex, treeSize: size });
        expect(await hashRanges({ ranges, leaves: each(leaves), crypto: webCrypto })).toEqual(path);
      }
    }
  });
});

const statement = {
  schema: "volenti-head-1",
  controller: "maison-exemple",
  root: "ab".repeat(32),
  size: 3,
  sealedAt: "2026-11-21T10:15:00.000Z",
} as const;

describe("base64url", () => {
  it("reads the one text that bytes have, and no other letter, padding or stray bit", () => {
    const letter = fc.constantFrom(...Array.from("AZaz09-_+/=\u00e9 "));
    const text = fc.oneof(fc.uint8Array().map((bytes) => Buffer.from(bytes).toString("base64url")), fc.string({ unit: letter, maxLength: 12 }));
    fc.assert(
      fc.property(text, (written) => {
        const bytes = Buffer.from(written, "base64url");
        expect(fromBase64url(written)).toEqual(bytes.toString("base64url") === written ? new Uint8Array(bytes) : null);
      }),
    );
  });
});

describe("signed heads", () => {
  it("are compact JWS that another library verifies", async () => {
    const { keyring, publicKey } = signingKey("sig-1");
    const { jws } = await signHead({ statement, keyring });
    const verified = await jose.compactVerify(jws, await jose.importJWK({ ...publicKey }, "EdDSA"));
    expect(verified.protectedHeader).toEqual({ alg: "EdDSA", kid: "sig-1", typ: "volenti-head+jws" });
    expect(JSON.parse(new TextDecoder().decode(verified.payload))).toEqual(statement);
  });

  it("name the key that signed them, where the keyring changes keys between its name and its signature", async () => {
    const [before, after] = [signingKey("sig-1"), signingKey("sig-2")];
    const { jws } = await signHead({ statement, keyring: { signingKeyId: before.keyring.signingKeyId, sign: after.keyring.sign } });
    expect(await verifyHead({ jws, publicKeys: [before.publicKey, after.publicKey], crypto: webCrypto })).toEqual({ valid: true, statement, keyId: "sig-2" });
  });

  it("are refused under another key, an unknown key, another algorithm, or when altered", async () => {
    const { keyring, publicKey } = signingKey("sig-1");
    const other = signingKey("sig-1").publicKey;
    const { jws } = await signHead({ statement, keyring });
    const [header, payload, signature] = jws.split(".") as [string, string, string];
    const code = async (text: string, publicKeys: readonly PublicKey[]): Promise<string> => {
      const answer = await verifyHead({ jws: text, publicKeys, crypto: webCrypto });
      return answer.valid ? "valid" : answer.code;
    };
    const none = Buffer.from(JSON.stringify({ alg: "none", kid: "sig-1", typ: "volenti-head+jws" })).toString("base64url");
    const forged = Buffer.from(canonicalise({ ...statement, size: 4 })).toString("base64url");
    expect(await code(jws, [publicKey])).toBe("valid");
    expect(await code(jws, [other])).toBe("badSignature");
    expect(await code(jws, [])).toBe("unknownKey");
    expect(await code(`${header}.${forged}.${signature}`, [publicKey])).toBe("badSignature");
    expect(await code(`${none}.${payload}.${signature}`, [publicKey])).toBe("malformedHead");
    expect(await code(`${none}.${payload}.`, [publicKey])).toBe("malformedHead");
    expect(await code("", [publicKey])).toBe("malformedHead");
  });
});

describe("receipts", () => {
  it("prove their decisions with the public key and nothing else, and no altered receipt does", async () => {
    const { keyring, publicKey } = signingKey("sig-1");
    const hashes = ["one", "two", "three"].map((text) => createHash("sha256").update(text).digest());
    const tree = await buildMerkleTree({ leaves: hashes, crypto: webCrypto });
    const root = Buffer.from(tree.root).toString("hex");
    const { jws } = await signHead({ statement: { ...statement, root }, keyring });
    const entries = hashes.map((hash, leafIndex) => ({
      decisionId: `00000000-0000-4000-8000-00000000000${leafIndex}`,
      hash: hash.toString("hex"),
      proof: { leafIndex, path: tree.paths[leafIndex]!.map((node) => Buffer.from(node).toString("hex")) },
      head: jws,
    }));
    const receipt = writeReceipt({ submissionId: "5f0f5e0e-6a1e-4a53-9d0b-0f5d3b0c7f11", entries })!;
    const verified = await verifyReceipt({ receipt, publicKeys: [publicKey], crypto: webCrypto });
    expect(verified).toMatchObject({ valid: true, problems: [] });
    expect(verified.decisions.map(({ hash }) => hash)).toEqual(entries.map(({ hash }) => hash));

    const text = Buffer.from(receipt, "base64url").toString();
    const altered = Buffer.from(text.replace(entries[1]!.hash, entries[0]!.hash)).toString("base64url");
    expect(await verifyReceipt({ receipt: altered, publicKeys: [publicKey], crypto: webCrypto })).toMatchObject({
      valid: false,
      problems: [{ code: "badProof" }],
    });
    for (const broken of ["", "x", "!!!!", receipt.slice(2), Buffer.from("{}").toString("base64url")]) {
      expect((await verifyReceipt({ receipt: broken, publicKeys: [publicKey], crypto: webCrypto })).valid).toBe(false);
    }
  });
});
