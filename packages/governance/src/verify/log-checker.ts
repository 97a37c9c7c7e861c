import type { CryptoPort, PublicKey } from "@volenti/core";
import {
  EMPTY_RANGE,
  extendRange,
  fromHexadecimal,
  rootOfRange,
  toHexadecimal,
  verifyCheckpoint,
  type CheckpointsFacetV1,
  type CheckpointStatement,
  type MerkleRange,
  type StoredCheckpointV1,
} from "@volenti/core/adapter";
import type { AnchoredLog } from "../proof/read-anchors.ts";
import { readRange } from "../proof/read-leaves.ts";
import type { DecisionFinding, LogCounts } from "./verification-report.ts";

interface LogCheck {
  readonly checkpoints: CheckpointsFacetV1;
  readonly anchored: AnchoredLog;
  readonly controllerId: string;
  readonly log: string;
  readonly publicKeys: readonly PublicKey[];
  readonly crypto: CryptoPort;
  readonly tell: (findings: readonly DecisionFinding[]) => void;
}

const LEAVES_TOGETHER = 1024;

/**
 * Walks the log once, from its first place, and compares the tree over it with every checkpoint that the store keeps and
 * every one that was published. Holds a page of places and log n hashes.
 */
export async function checkLog(check: LogCheck): Promise<LogCounts> {
  const walk = createLogWalk(check);
  const anchored = [...check.anchored.checkpoints];
  let previous: StoredCheckpointV1 | null = null;
  let [checkpoints, unanchored] = [0, 0];
  const isPublished = new Set(anchored.map(({ size, root }) => `${size} ${root}`));
  for await (const checkpoint of check.checkpoints.listCheckpoints()) {
    await checkAnchoredUpTo({ check, walk, anchored, size: checkpoint.size, isStored: true });
    check.tell(await checkStored({ check, checkpoint, previous, root: await walk.rootAt(checkpoint.size) }));
    checkpoints += 1;
    if (!isPublished.has(`${checkpoint.size} ${checkpoint.root}`)) unanchored += 1;
    previous = checkpoint;
  }
  await checkAnchoredUpTo({ check, walk, anchored, size: Number.POSITIVE_INFINITY, isStored: false });
  const entries = await walk.finish();
  return { entries, uncovered: Math.max(0, entries - (previous?.size ?? 0)), checkpoints, unanchored };
}

/** Settles what was published up to a size; beyond a stored checkpoint of that very size, it is missing in the store. */
async function checkAnchoredUpTo(request: {
  check: LogCheck;
  walk: LogWalk;
  anchored: AnchoredLog["checkpoints"][number][];
  size: number;
  isStored: boolean;
}): Promise<void> {
  const { check, walk, anchored, size, isStored } = request;
  for (let next = anchored[0]; next !== undefined && next.size <= size; next = anchored[0]) {
    anchored.shift();
    const { anchorId } = next;
    const root = await walk.rootAt(next.size);
    if (root === null) check.tell([{ code: "logTruncated", anchorId, size: next.size }]);
    else if (root !== next.root) check.tell([{ code: "anchorMismatch", anchorId, size: next.size }]);
    if (!isStored || next.size < size) check.tell([{ code: "checkpointMissing", anchorId, size: next.size }]);
  }
}

async function checkStored(request: {
  check: LogCheck;
  checkpoint: StoredCheckpointV1;
  previous: StoredCheckpointV1 | null;
  root: string | null;
}): Promise<readonly DecisionFinding[]> {
  const { check, checkpoint, previous, root } = request;
  const { size } = checkpoint;
  const { publicKeys, crypto, anchored } = check;
  const verification = await verifyCheckpoint({ jws: checkpoint.jws, publicKeys, crypto });
  const statement = "statement" in verification ? verification.statement : null;
  const isProved = !verification.valid && verification.code === "revokedKey" && size <= (anchored.provedSizes.get(verification.publicKey.kid) ?? 0);
  const isWhole = (await readRange({ checkpoint, crypto })) !== null;
  const isSame = statement === null || isSameTree({ check, statement, checkpoint });
  const isNext = statement === null || (statement.previous?.size === previous?.size && statement.previous?.root === previous?.root);
  return [
    ...(verification.valid || isProved ? [] : [{ code: verification.code, size }]),
    ...(isWhole && isSame && (root === null || root === checkpoint.root) ? [] : [{ code: "checkpointMismatch" as const, size }]),
    ...(root === null ? [{ code: "logTruncated" as const, size }] : []),
    ...(isNext ? [] : [{ code: "checkpointDoesNotExtend" as const, size }]),
  ];
}

function isSameTree(request: { check: LogCheck; statement: CheckpointStatement; checkpoint: StoredCheckpointV1 }): boolean {
  const { check, statement, checkpoint } = request;
  const { controller, log, size, root } = statement;
  return controller === check.controllerId && log === check.log && size === checkpoint.size && root === checkpoint.root;
}

interface LogWalk {
  /** The root over the first places; null where there are fewer. Sizes must not go back. */
  rootAt(size: number): Promise<string | null>;
  /** Walks what is left; answers how many places there are. */
  finish(): Promise<number>;
}

function createLogWalk(check: LogCheck): LogWalk {
  const { checkpoints, crypto, tell } = check;
  let range: MerkleRange = EMPTY_RANGE;
  const walk = async (until: number): Promise<void> => {
    let waiting: Uint8Array[] = [];
    let next = range.size;
    for await (const { index, decisionId, hash, rowHash } of checkpoints.listLog({ from: next, ...(Number.isFinite(until) ? { until } : {}) })) {
      if (index !== next) {
        tell([{ code: "logGap", decisionId, size: next }]);
        next = index;
      }
      if (rowHash === null) tell([{ code: "decisionMissing", decisionId }]);
      else if (rowHash !== hash) tell([{ code: "logMismatch", decisionId }]);
      next += 1;
      waiting.push(fromHexadecimal(hash) ?? new Uint8Array(0));
      if (waiting.length < LEAVES_TOGETHER) continue;
      range = await extendRange({ range, leaves: waiting, crypto });
      waiting = [];
    }
    range = await extendRange({ range, leaves: waiting, crypto });
  };
  return {
    rootAt: async (size) => {
      if (size > range.size) await walk(size);
      return range.size === size ? toHexadecimal(await rootOfRange({ range, crypto })) : null;
    },
    finish: async () => {
      await walk(Number.POSITIVE_INFINITY);
      return range.size;
    },
  };
}
