import {
  concatenate,
  fromHexadecimal,
  toHexadecimal,
  type ConnectorContextV1,
  type SealedDecision,
} from "@volenti/core/adapter";
import type { DecisionRow } from "../transport/memory-records.ts";

type UnchainedRow = Omit<DecisionRow, "chain">;

/** Makes the rows of new decisions: each is linked to the person's last one, so that a row that is taken out shows. */
export async function chainDecisions(request: {
  subjectRef: string;
  decisions: readonly SealedDecision[];
  last: DecisionRow | undefined;
  context: ConnectorContextV1;
}): Promise<DecisionRow[]> {
  const { subjectRef, decisions, context } = request;
  const recordedAt = new Date(context.clock.now()).toISOString();
  const rows = decisions.map(({ record, canonical, hash, proof }): UnchainedRow => {
    return { subjectRef, decisionId: record.id, canonical, hash, proof, recordedAt };
  });
  return chainRows({ rows, last: request.last, context });
}

/** Links rows, in their order, to the last one before them; links that they have already are replaced. */
export async function chainRows(request: {
  rows: readonly UnchainedRow[];
  last: DecisionRow | undefined;
  context: ConnectorContextV1;
}): Promise<DecisionRow[]> {
  const chained: DecisionRow[] = [];
  let position = request.last?.chain.position ?? 0;
  let link = request.last?.chain.link ?? "00".repeat(32);
  for (const row of request.rows) {
    const [digest] = await request.context.crypto.sha256([concatenate([toBytes(link), toBytes(row.hash)])]);
    if (digest === undefined) throw new TypeError("the crypto port answered fewer digests than it was asked for");
    position += 1;
    link = toHexadecimal(digest);
    chained.push({ ...row, chain: { position, link } });
  }
  return chained;
}

function toBytes(hexadecimal: string): Uint8Array {
  const bytes = fromHexadecimal(hexadecimal);
  if (bytes === null) throw new TypeError("not hexadecimal: the hash of a decision");
  return bytes;
}
