import { ConnectorError, type Volenti } from "@volenti/core";
import { hashRanges, listConsistencyRanges, listInclusionRanges, toHexadecimal, type CheckpointsFacetV1, type StoredCheckpointV1 } from "@volenti/core/adapter";
import { findLog } from "./find-log.ts";
import { readLeaves } from "./read-leaves.ts";

/** That a decision has a place in the log, under the last checkpoint that was signed over it. */
export interface LogProof {
  /** Of the decision that is proved. */
  readonly decisionId: string;
  /** Its place in the log, from 0. */
  readonly leafIndex: number;
  /** Decisions that the checkpoint covers. */
  readonly treeSize: number;
  /** Sibling hashes from the leaf up, hexadecimal (RFC 9162 section 2.1.3). */
  readonly path: readonly string[];
  /** Compact JWS. */
  readonly checkpoint: string;
}

/** That the last checkpoint extends an earlier one (RFC 9162 section 2.1.4). */
export interface ConsistencyProof {
  /** Decisions that the earlier checkpoint covers. */
  readonly size: number;
  /** Decisions that the last checkpoint covers. */
  readonly laterSize: number;
  /** Hexadecimal. */
  readonly path: readonly string[];
  /** The last one, compact JWS. */
  readonly checkpoint: string;
}

/** Null where the decision has no place, or none that a checkpoint covers yet. Reads the whole log. */
export async function proveDecision(request: { volenti: Volenti; destinationId: string; decisionId: string }): Promise<LogProof | null> {
  const { volenti, destinationId, decisionId } = request;
  const checkpoints = findLog({ volenti, destinationId, operation: "prove" });
  const leafIndex = await checkpoints.findInLog({ decisionId });
  const last = await checkpoints.findCheckpoint({});
  if (leafIndex === null || last === null || leafIndex >= last.size) return null;
  const ranges = listInclusionRanges({ leafIndex, treeSize: last.size });
  const path = await hashPath({ volenti, checkpoints, last, ranges });
  return { decisionId, leafIndex, treeSize: last.size, path, checkpoint: last.jws };
}

/** `invalidInput` for a size that the last checkpoint does not reach. Reads the whole log. */
export async function proveConsistency(request: { volenti: Volenti; destinationId: string; size: number }): Promise<ConsistencyProof> {
  const { volenti, destinationId, size } = request;
  const checkpoints = findLog({ volenti, destinationId, operation: "prove" });
  const last = await checkpoints.findCheckpoint({});
  if (last === null || !Number.isSafeInteger(size) || size < 1 || size > last.size) {
    throw new ConnectorError({ code: "invalidInput", connectorId: "governance", operation: "prove", fieldNames: ["size"] });
  }
  const ranges = listConsistencyRanges({ size, laterSize: last.size });
  return { size, laterSize: last.size, path: await hashPath({ volenti, checkpoints, last, ranges }), checkpoint: last.jws };
}

async function hashPath(request: {
  volenti: Volenti;
  checkpoints: CheckpointsFacetV1;
  last: StoredCheckpointV1;
  ranges: ReturnType<typeof listInclusionRanges>;
}): Promise<readonly string[]> {
  const { volenti, checkpoints, last, ranges } = request;
  const leaves = readLeaves({ checkpoints, from: 0, until: last.size });
  return (await hashRanges({ ranges, leaves, crypto: volenti.crypto })).map(toHexadecimal);
}
