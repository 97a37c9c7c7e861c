import type { LedgerQueryV1 } from "@volenti/core/adapter";
import type { IdentifierDigests } from "./digest-identifiers.ts";

export interface ConsultationPlan {
  /** JSON: one a query. */
  readonly queries: string;
  /** JSON: the links of the queries, in rounds. */
  readonly rounds: string;
}

interface PlannedLink {
  readonly query: number;
  readonly position: number;
  readonly kind: string;
  readonly keyId: string;
  readonly digest: string;
  readonly older: readonly string[];
  readonly proposed: string;
  readonly suppressionKeyId: string;
  readonly suppressionDigest: string;
}

/**
 * Puts the queries into rounds: those that share an identifier with an earlier one of the batch come in a later round,
 * so that the batch answers as if its queries had been asked one after another. Most batches have one round.
 */
export function planConsultation(request: {
  queries: readonly LedgerQueryV1[];
  digests: readonly (readonly IdentifierDigests[])[];
}): ConsultationPlan {
  const { queries, digests } = request;
  const rounds: PlannedLink[][] = [];
  const roundOf = new Map<string, number>();
  for (const [index, query] of queries.entries()) {
    const own = digests[index] ?? [];
    const round = own.reduce((latest, { digest }) => Math.max(latest, (roundOf.get(digest) ?? -1) + 1), 0);
    const links = (rounds[round] ??= []);
    for (const [position, identifier] of own.entries()) {
      const { kind, keyId, digest, older, suppressionKeyId, suppressionDigest } = identifier;
      roundOf.set(digest, round);
      links.push({
        query: index + 1, position, kind, keyId, digest, older, proposed: query.proposedRef, suppressionKeyId, suppressionDigest,
      });
    }
  }
  return {
    queries: JSON.stringify(queries.map((query, index) => toQueryRow({ query, index, digests: digests[index] ?? [] }))),
    rounds: JSON.stringify(rounds),
  };
}

function toQueryRow(request: { query: LedgerQueryV1; index: number; digests: readonly IdentifierDigests[] }): unknown {
  const { query, index, digests } = request;
  return {
    query: index + 1,
    ref: query.proposedRef,
    country: query.country,
    test: query.test,
    digests: digests.map(({ digest }) => digest),
    suppressions: digests.flatMap(({ suppressions }) => suppressions),
    decisions: query.decisionIds,
    submissionId: query.submission.submissionId,
    submissionKeyId: query.submission.keyId,
    submissionDigest: `\\x${query.submission.contentDigest}`,
    occurredAt: query.occurredAt,
    onlyRefuses: query.onlyRefuses,
  };
}
