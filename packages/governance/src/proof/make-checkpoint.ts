import { ConnectorError, type PublicKey, type Volenti } from "@volenti/core";
import {
  CHECKPOINT_SCHEMA,
  EMPTY_RANGE,
  rootOfRange,
  signCheckpoint,
  toHexadecimal,
  verifyCheckpoint,
  writePeaks,
  type CheckpointsFacetV1,
  type MerkleRange,
  type StoredCheckpointV1,
} from "@volenti/core/adapter";
import { listPublicKeys } from "../verify/list-public-keys.ts";
import type { DecisionFinding } from "../verify/verification-report.ts";
import type { CheckpointReport, CheckpointRequest } from "./checkpoint-report.ts";
import { findLog } from "./find-log.ts";
import { publishCheckpoint } from "./publish-checkpoint.ts";
import { readAnchors, type AnchoredTree } from "./read-anchors.ts";
import { extendByLog, readRange, rootOfLog } from "./read-leaves.ts";

/** One step of giving places: short enough for one statement of any store. */
const PLACES_AT_ONCE = 50_000;
const RACES = 5;

interface CheckpointWork {
  readonly volenti: Volenti;
  readonly checkpoints: CheckpointsFacetV1;
  readonly publicKeys: readonly PublicKey[];
  readonly destinationId: string;
  readonly signal: AbortSignal | undefined;
}

/** What the next checkpoint goes on from. */
interface Standing {
  readonly last: StoredCheckpointV1 | null;
  readonly range: MerkleRange;
  readonly anchored: readonly AnchoredTree[];
  readonly findings: readonly DecisionFinding[];
}

/** Gives places to new decisions, signs a tree over all places, and publishes it, unless that contradicts what was published. */
export async function makeCheckpoint(request: { volenti: Volenti; checkpoint: CheckpointRequest }): Promise<CheckpointReport> {
  const { volenti, checkpoint } = request;
  const { destinationId, signal } = checkpoint;
  const checkpoints = findLog({ volenti, destinationId, operation: "checkpoint" });
  const publicKeys = await listPublicKeys(volenti.keyring);
  const work: CheckpointWork = { volenti, checkpoints, publicKeys, destinationId, signal };
  let added = 0;
  for (let race = 1; race <= RACES; race += 1) {
    const standing = await readStanding(work);
    if (standing.findings.length > 0) return refuse({ destinationId, standing, added });
    const appended = await appendAll(work);
    added += appended.added;
    const made = await extendTree({ work, standing, size: appended.size });
    if (made === "conflict") continue;
    const anchors = made === null ? [] : await publishCheckpoint({ anchors: volenti.anchors, anchored: standing.anchored, checkpoint: made });
    const { size, root, jws } = made ?? { size: 0, root: null, jws: null };
    return { destinationId, status: made === standing.last ? "unchanged" : "made", checkpoint: jws, size, root, added, findings: [], anchors };
  }
  throw new ConnectorError({ code: "unavailable", connectorId: "governance", operation: "checkpoint", providerCode: "raced" });
}

function refuse(request: { destinationId: string; standing: Standing; added: number }): CheckpointReport {
  const { destinationId, standing, added } = request;
  const { last, findings } = standing;
  return {
    destinationId,
    status: "refused",
    checkpoint: last?.jws ?? null,
    size: last?.size ?? 0,
    root: last?.root ?? null,
    added,
    findings,
    anchors: [],
  };
}

async function readStanding(work: CheckpointWork): Promise<Standing> {
  const { volenti, checkpoints, publicKeys, destinationId } = work;
  const { crypto, controller, anchors } = volenti;
  const anchored = await readAnchors({ anchors, controllerId: controller.id, log: destinationId, publicKeys, crypto });
  const last = await checkpoints.findCheckpoint({});
  const range = last === null ? EMPTY_RANGE : await readRange({ checkpoint: last, crypto });
  const findings = [
    ...anchored.findings,
    ...(last === null ? [] : await checkLast({ work, last, isWhole: range !== null })),
    ...(await checkAnchored({ work, anchored: anchored.checkpoints })),
  ];
  return { last, range: range ?? EMPTY_RANGE, anchored: anchored.checkpoints, findings };
}

/** A revoked key is no reason to stop: its successor signs from here on, and what it signed is for verification to judge. */
async function checkLast(request: { work: CheckpointWork; last: StoredCheckpointV1; isWhole: boolean }): Promise<readonly DecisionFinding[]> {
  const { work, last, isWhole } = request;
  const { volenti, publicKeys, destinationId } = work;
  const verification = await verifyCheckpoint({ jws: last.jws, publicKeys, crypto: volenti.crypto });
  const { size } = last;
  if (!verification.valid && verification.code !== "revokedKey") return [{ code: verification.code, size }];
  const { controller, log, size: signedSize, root } = verification.statement;
  const isSame = controller === volenti.controller.id && log === destinationId && signedSize === size && root === last.root;
  return isSame && isWhole ? [] : [{ code: "checkpointMismatch", size }];
}

/** The greatest that each anchor has must be a part of the log as it is. */
async function checkAnchored(request: { work: CheckpointWork; anchored: readonly AnchoredTree[] }): Promise<readonly DecisionFinding[]> {
  const { checkpoints, volenti } = request.work;
  const greatest = new Map(request.anchored.map((tree) => [tree.anchorId, tree]));
  if (greatest.size === 0) return [];
  const log = await checkpoints.appendToLog({ limit: 0 });
  const findings: DecisionFinding[] = [];
  for (const { anchorId, size, root } of greatest.values()) {
    const isPart = size <= log.size && (await rootOfLog({ checkpoints, size, crypto: volenti.crypto })) === root;
    if (!isPart) findings.push({ code: "checkpointDoesNotExtend", anchorId, size });
  }
  return findings;
}

async function appendAll(work: CheckpointWork): Promise<{ added: number; size: number }> {
  let added = 0;
  for (;;) {
    const { appended, size } = await work.checkpoints.appendToLog({ limit: PLACES_AT_ONCE, signal: work.signal });
    added += appended;
    if (appended < PLACES_AT_ONCE) return { added, size };
  }
}

/** The last checkpoint where there is nothing new, null where there is nothing at all. */
async function extendTree(request: {
  work: CheckpointWork;
  standing: Standing;
  size: number;
}): Promise<StoredCheckpointV1 | null | "conflict"> {
  const { work, standing, size } = request;
  const { volenti, checkpoints, destinationId } = work;
  const { last } = standing;
  if (size === (last?.size ?? 0)) return last;
  const range = await extendByLog({ checkpoints, range: standing.range, until: size, crypto: volenti.crypto });
  const root = toHexadecimal(await rootOfRange({ range, crypto: volenti.crypto }));
  const previous = last === null ? null : { size: last.size, root: last.root };
  const at = new Date(volenti.clock.now()).toISOString();
  const statement = { schema: CHECKPOINT_SCHEMA, controller: volenti.controller.id, log: destinationId, size, root, previous, at } as const;
  const jws = await signCheckpoint({ statement, keyring: volenti.keyring });
  const checkpoint = { size, root, jws, peaks: writePeaks(range) };
  const outcome = await checkpoints.saveCheckpoint({ checkpoint, previousSize: last?.size ?? null });
  return outcome === "saved" ? checkpoint : "conflict";
}
