import { canonicalise } from "../evidence/canonicalise.ts";
import type { CryptoPort } from "../evidence/crypto-port.ts";
import type { RawDecision } from "../model/submission-schema.ts";
import { toHexadecimal, toUtf8 } from "../support/bytes.ts";

/** What a derived decision id is made of; `person` for a refusal that is copied to another person who was matched. */
export interface DecisionIdSource {
  readonly submissionId: string;
  readonly decision: Pick<RawDecision, "purpose" | "channel" | "recipients">;
  readonly person?: string;
}

/** Derives decision ids, in order: the first 128 bits of a SHA-256 as UUID version 8 (RFC 9562 section 5.8). One digest call. */
export async function deriveDecisionIds(request: {
  sources: readonly DecisionIdSource[];
  crypto: CryptoPort;
}): Promise<readonly string[]> {
  const messages = request.sources.map(({ submissionId, decision, person }) =>
    toUtf8(
      canonicalise([
        submissionId,
        decision.purpose,
        decision.channel ?? null,
        decision.recipients?.toSorted() ?? null,
        ...(person === undefined ? [] : [person]),
      ]),
    ),
  );
  const digests = await request.crypto.sha256(messages);
  return digests.map(toUuid);
}

function toUuid(digest: Uint8Array): string {
  const bytes = digest.slice(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const text = toHexadecimal(bytes);
  return `${text.slice(0, 8)}-${text.slice(8, 12)}-${text.slice(12, 16)}-${text.slice(16, 20)}-${text.slice(20)}`;
}
