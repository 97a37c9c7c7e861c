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

/** The two bits of RFC 9562's variant stand in the highest ones of this digit. */
const VARIANT_DIGITS = "89ab";

function toUuid(digest: Uint8Array): string {
  const text = toHexadecimal(digest.subarray(0, 16));
  const variant = VARIANT_DIGITS.charAt((digest[8] ?? 0) >> 4 & 0x3);
  return `${text.slice(0, 8)}-${text.slice(8, 12)}-8${text.slice(13, 16)}-${variant}${text.slice(17, 20)}-${text.slice(20)}`;
}
