import { canonicalise } from "../evidence/canonicalise.ts";
import type { CryptoPort } from "../evidence/crypto-port.ts";
import type { Keyring } from "../evidence/keyring.ts";
import { buildMerkleTree } from "../evidence/merkle-tree.ts";
import { HEAD_SCHEMA, signHead } from "../evidence/signed-head.ts";
import type { DecisionRecord, SealedDecision, SignedHead } from "../model/decision.ts";
import { toInstantText } from "../model/instant.ts";
import { toHexadecimal, toUtf8 } from "../support/bytes.ts";

/**
 * Seals the decisions of a batch: canonical bytes, hashes, one Merkle tree, one signature for all. Answers in order;
 * `head` is null for an empty batch, and nothing is signed.
 */
export async function sealDecisions(request: {
  decisions: readonly { readonly record: DecisionRecord; readonly effectiveAt: number }[];
  controllerId: string;
  keyring: Pick<Keyring, "sign" | "signingKeyId">;
  crypto: CryptoPort;
  /** Epoch milliseconds. */
  now: number;
}): Promise<{ sealed: readonly SealedDecision[]; head: SignedHead | null }> {
  const { decisions, controllerId, keyring, crypto, now } = request;
  if (decisions.length === 0) return { sealed: [], head: null };
  const canonicals = decisions.map(({ record }) => canonicalise(record));
  const hashes = await crypto.sha256(canonicals.map(toUtf8));
  const tree = await buildMerkleTree({ leaves: hashes, crypto });
  const root = toHexadecimal(tree.root);
  const head = await signHead({
    statement: { schema: HEAD_SCHEMA, controller: controllerId, root, size: decisions.length, sealedAt: toInstantText(now) },
    keyring,
  });
  const textOf = rememberTexts();
  const sealed = decisions.map(({ record, effectiveAt }, leafIndex): SealedDecision => ({
    record,
    canonical: canonicals[leafIndex] ?? "",
    hash: toHexadecimal(hashes[leafIndex] ?? new Uint8Array(0)),
    effectiveAt,
    proof: {
      leafIndex,
      treeSize: decisions.length,
      path: (tree.paths[leafIndex] ?? []).map(textOf),
      root,
    },
  }));
  return { sealed, head };
}

/** Most nodes of a tree stand in many paths: each is written once. */
function rememberTexts(): (node: Uint8Array) => string {
  const texts = new Map<Uint8Array, string>();
  return (node) => {
    const text = texts.get(node) ?? toHexadecimal(node);
    texts.set(node, text);
    return text;
  };
}
