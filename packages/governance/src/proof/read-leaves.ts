import { ConnectorError, type CryptoPort } from "@volenti/core";
import {
  EMPTY_RANGE,
  extendRange,
  fromHexadecimal,
  readPeaks,
  rootOfRange,
  toHexadecimal,
  type CheckpointsFacetV1,
  type MerkleRange,
  type StoredCheckpointV1,
} from "@volenti/core/adapter";

const LEAVES_TOGETHER = 1024;

/** The leaf data of places in the log. Rejects with `conflict` (`logBroken`) where a place is left out, or its decision's row is not what it was. */
export async function* readLeaves(request: {
  checkpoints: CheckpointsFacetV1;
  from: number;
  until: number;
}): AsyncGenerator<Uint8Array, void, undefined> {
  const { checkpoints, from, until } = request;
  let next = from;
  for await (const { index, hash, rowHash } of checkpoints.listLog({ from, until })) {
    const leaf = fromHexadecimal(hash);
    if (index !== next || rowHash !== hash || leaf === null) throw broken();
    next += 1;
    yield leaf;
  }
  if (next !== until) throw broken();
}

/** The tree over more places; a page of leaves at a time in memory. */
export async function extendByLog(request: {
  checkpoints: CheckpointsFacetV1;
  range: MerkleRange;
  until: number;
  crypto: CryptoPort;
}): Promise<MerkleRange> {
  const { checkpoints, until, crypto } = request;
  let { range } = request;
  let waiting: Uint8Array[] = [];
  for await (const leaf of readLeaves({ checkpoints, from: range.size, until })) {
    waiting.push(leaf);
    if (waiting.length < LEAVES_TOGETHER) continue;
    range = await extendRange({ range, leaves: waiting, crypto });
    waiting = [];
  }
  return extendRange({ range, leaves: waiting, crypto });
}

/** The root of the first places of the log, from the nearest checkpoint below. Hexadecimal. */
export async function rootOfLog(request: { checkpoints: CheckpointsFacetV1; size: number; crypto: CryptoPort }): Promise<string> {
  const { checkpoints, size, crypto } = request;
  const nearest = await checkpoints.findCheckpoint({ atMost: size });
  const range = (nearest === null ? EMPTY_RANGE : await readRange({ checkpoint: nearest, crypto })) ?? EMPTY_RANGE;
  return toHexadecimal(await rootOfRange({ range: await extendByLog({ checkpoints, range, until: size, crypto }), crypto }));
}

/** The tree of a checkpoint; null where what is kept of it does not give its root. */
export async function readRange(request: { checkpoint: StoredCheckpointV1; crypto: CryptoPort }): Promise<MerkleRange | null> {
  const { checkpoint, crypto } = request;
  const range = readPeaks({ size: checkpoint.size, text: checkpoint.peaks });
  if (range === null) return null;
  return toHexadecimal(await rootOfRange({ range, crypto })) === checkpoint.root ? range : null;
}

function broken(): ConnectorError {
  return new ConnectorError({ code: "conflict", connectorId: "governance", operation: "checkpoint", providerCode: "logBroken" });
}
