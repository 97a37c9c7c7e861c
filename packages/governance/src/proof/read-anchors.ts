import type { Anchor, CryptoPort, PublicKey } from "@volenti/core";
import { verifyCheckpoint } from "@volenti/core/adapter";
import type { DecisionFinding, DecisionFindingCode } from "../verify/verification-report.ts";

/** What was published of one log, outside its store. */
export interface AnchoredLog {
  /** Ordered by size; genuine, or signed by a key that was revoked after they had been published. */
  readonly checkpoints: readonly AnchoredTree[];
  readonly findings: readonly DecisionFinding[];
  /**
   * By key that others may have: how many places of the log were published before it was revoked. What stands in them
   * cannot have been made by whoever got hold of the key.
   */
  readonly provedSizes: ReadonlyMap<string, number>;
}

export interface AnchoredTree {
  readonly anchorId: string;
  readonly size: number;
  /** Hexadecimal. */
  readonly root: string;
  /** Epoch milliseconds by the anchor's clock; null where it keeps none. */
  readonly publishedAt: number | null;
}

/** Reads every anchor to its end; rejects where one cannot be. */
export async function readAnchors(request: {
  anchors: readonly Anchor[];
  controllerId: string;
  log: string;
  publicKeys: readonly PublicKey[];
  crypto: CryptoPort;
}): Promise<AnchoredLog> {
  const { anchors, controllerId, log, publicKeys, crypto } = request;
  const checkpoints: AnchoredTree[] = [];
  const findings: DecisionFinding[] = [];
  for (const anchor of anchors) {
    const { anchorId } = anchor;
    for await (const { jws, publishedAt } of anchor.list()) {
      const verification = await verifyCheckpoint({ jws, publicKeys, crypto });
      if (!verification.valid && verification.code !== "revokedKey") {
        findings.push({ code: verification.code, anchorId });
        continue;
      }
      const { size, root, controller, log: named } = verification.statement;
      if (controller !== controllerId || named !== log) continue;
      const tree = { anchorId, size, root, publishedAt: publishedAt === null ? null : Date.parse(publishedAt) };
      const isGood = verification.valid || isOlder({ tree, revokedAt: verification.publicKey.revoked?.at });
      if (isGood) checkpoints.push(tree);
      else findings.push({ code: "revokedKey" satisfies DecisionFindingCode, anchorId, size });
    }
  }
  checkpoints.sort((left, right) => left.size - right.size);
  return { checkpoints, findings, provedSizes: measureProof({ checkpoints, publicKeys }) };
}

function isOlder(request: { tree: AnchoredTree; revokedAt: string | undefined }): boolean {
  const { tree, revokedAt } = request;
  return revokedAt !== undefined && tree.publishedAt !== null && tree.publishedAt < Date.parse(revokedAt);
}

function measureProof(request: { checkpoints: readonly AnchoredTree[]; publicKeys: readonly PublicKey[] }): ReadonlyMap<string, number> {
  const { checkpoints, publicKeys } = request;
  return new Map(
    publicKeys.flatMap(({ kid, revoked }) => {
      if (revoked === undefined) return [];
      const older = checkpoints.filter((tree) => isOlder({ tree, revokedAt: revoked.at }));
      return [[kid, Math.max(0, ...older.map(({ size }) => size))] as const];
    }),
  );
}
