import {
  concatenate,
  fromHexadecimal,
  toHexadecimal,
  type ConnectorContextV1,
  type SealedDecision,
} from "@volenti/core/adapter";
import type { DecisionRow } from "../transport/memory-records.ts";

/** Makes the rows of new decisions: each is linked to the person's last one, so that a row that is taken out shows. */
export async function chainDecisions(request: {
  subjectRef: string;
  decisions: readonly SealedDecision[];
  last: DecisionRow | undefined;
  context: ConnectorContextV1;
}): Promise<DecisionRow[]> {
  const { subjectRef, decisions, context } = request;
  const rows: DecisionRow[] = [];
  let position = request.last?.chain.position ?? 0;
  let link = request.last?.chain.link ?? "00".repeat(32);
  for (const { record, canonical, hash, proof } of decisions) {
    const [digest] = await context.crypto.sha256([concatenate([toBytes(link), toBytes(hash)])]);
    if (digest === undefined) throw new TypeError("the crypto port answered fewer digests than it was asked for");
    position += 1;
    link = toHexadecimal(digest);
    const recordedAt = new Date(context.clock.now()).toISOString();
    rows.push({ subjectRef, decisionId: record.id, canonical, hash, proof, recordedAt, chain: { position, link } });
  }
  return rows;
}

function toBytes(hexadecimal: string): Uint8Array {
  const bytes = fromHexadecimal(hexadecimal);
  if (bytes === null) throw new TypeError("not hexadecimal: the hash of a decision");
  return bytes;
}
