import { createHash } from "node:crypto";
import { buildMerkleTree, toHexadecimal, verifyInclusion, webCrypto, type InclusionProof } from "@volenti/core/adapter";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createProofChecker } from "../src/verify/proof-checker.ts";

const crypto = {
  ...webCrypto,
  sha256: (messages: readonly Uint8Array[]) => messages.map((message) => new Uint8Array(createHash("sha256").update(message).digest())),
};
const toLeaf = (index: number): Uint8Array => Uint8Array.from({ length: 32 }, (_, byte) => (index * 7 + byte) % 256);
const toBytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "hex"));

async function makeProofs(size: number): Promise<readonly InclusionProof[]> {
  const { root, paths } = await buildMerkleTree({ leaves: Array.from({ length: size }, (_, index) => toLeaf(index)), crypto });
  return paths.map((path, leafIndex) => ({ leafIndex, treeSize: size, path: path.map(toHexadecimal), root: toHexadecimal(root) }));
}

/** Changes one letter of a hash to another digit. */
function changeDigit(request: { text: string; at: number; by: number }): string {
  const { text, at, by } = request;
  const digit = Number.parseInt(text.charAt(at), 16) ^ by;
  return text.slice(0, at) + digit.toString(16) + text.slice(at + 1);
}

interface Changed {
  readonly leaf: number;
  readonly of: string;
  readonly step: number;
  readonly at: number;
  readonly by: number;
}

const changed: fc.Arbitrary<Changed> = fc.record({
  leaf: fc.nat(69),
  of: fc.constantFrom("nothing", "leaf", "path", "root", "leafIndex", "treeSize", "shorter", "longer", "case"),
  step: fc.nat(6),
  at: fc.nat(63),
  by: fc.constantFrom(1, 2, 4, 8),
});

function change(request: { proof: InclusionProof; leaf: Uint8Array; by: Changed }): { proof: InclusionProof; leaf: Uint8Array } {
  const { proof, leaf, by } = request;
  const { path, root } = proof;
  const step = by.step % Math.max(1, path.length);
  switch (by.of) {
    case "leaf":
      return { proof, leaf: toBytes(changeDigit({ text: toHexadecimal(leaf), ...by })) };
    case "path":
      return { leaf, proof: { ...proof, path: path.map((text, index) => (index === step ? changeDigit({ text, ...by }) : text)) } };
    case "root":
      return { leaf, proof: { ...proof, root: changeDigit({ text: root, ...by }) } };
    case "leafIndex":
      return { leaf, proof: { ...proof, leafIndex: proof.leafIndex ^ by.by } };
    case "treeSize":
      return { leaf, proof: { ...proof, treeSize: proof.treeSize ^ by.by } };
    case "shorter":
      return { leaf, proof: { ...proof, path: path.slice(0, -1) } };
    case "longer":
      return { leaf, proof: { ...proof, path: [...path, root] } };
    case "case":
      return { leaf, proof: { ...proof, path: path.map((text) => text.toUpperCase()) } };
    default:
      return { leaf, proof };
  }
}

/** Hashes are compared in lower case: what the plain check would read in capitals is a change here. */
function isWritten(proof: InclusionProof): boolean {
  return [...proof.path, proof.root].every((text) => text === text.toLowerCase());
}

describe("a checker that remembers what it proved", () => {
  it("answers what RFC 9162's own check answers, in any order, for changed proofs among sound ones", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 70 }), fc.array(changed, { maxLength: 60 }), fc.constantFrom(0, 9, 1000), fc.constantFrom(crypto, webCrypto), async (size, changes, mostNodes, digests) => {
        const proofs = await makeProofs(size);
        const check = createProofChecker({ crypto: digests, mostNodes });
        for (const by of changes) {
          const index = by.leaf % size;
          const asked = change({ proof: proofs[index]!, leaf: toLeaf(index), by });
          const { leafIndex, treeSize, path, root } = asked.proof;
          const plain = await verifyInclusion({ leaf: asked.leaf, leafIndex, treeSize, path: path.map(toBytes), root: toBytes(root), crypto });
          expect(await check([asked])).toEqual([plain && isWritten(asked.proof)]);
        }
      }),
    );
  });

  it("proves the last leaf of a tree of a size that nobody could hold", async () => {
    const { root, paths } = await buildMerkleTree({ leaves: [toLeaf(0), toLeaf(1)], crypto });
    const proof = { leafIndex: 2 ** 45, treeSize: 2 ** 45 + 1, path: paths[1]!.map(toHexadecimal), root: toHexadecimal(root) };
    const check = createProofChecker({ crypto });
    const asked = { leaf: toLeaf(1), proof };
    expect(await check([asked, asked, { ...asked, leaf: toLeaf(2) }])).toEqual([true, true, false]);
  });

  it("proves every leaf of a tree with hardly more than one hash beside its own", async () => {
    const proofs = await makeProofs(500);
    let hashed = 0;
    const counting = { ...crypto, sha256: (messages: readonly Uint8Array[]) => ((hashed += messages.length), crypto.sha256(messages)) };
    const check = createProofChecker({ crypto: counting });
    const answers = await check(proofs.map((proof, index) => ({ leaf: toLeaf(index), proof })));
    expect(answers.every(Boolean)).toBe(true);
    expect(hashed).toBeLessThan(1010);
  });
});
