import { foldConsentStates, type LedgerAnswerV1, type LedgerFacetV1, type LedgerQueryV1, type RecordedDecisionV1 } from "@volenti/core/adapter";
import { byPurposeThenChannel, statesOf } from "../consent/read-consent.ts";
import { mergedInto } from "../custody/merge-subjects.ts";
import { isHeld, rootOf } from "../custody/who-is-who.ts";
import { judgeSubmission } from "../intake/mark-submissions.ts";
import type { LinkRow, MemoryRecords } from "../transport/memory-records.ts";
import type { MemorySession } from "../transport/memory-session.ts";
import { digestIdentifiers, type IdentifierDigests } from "./digest-identifiers.ts";

const OPERATION = "ledger.consult";

/** Remembers who is who: one transaction for all queries, so that two callers cannot reserve one identifier twice. */
export function createLedger(session: MemorySession): LedgerFacetV1 {
  return {
    consult: ({ queries, signal }) =>
      session.call({
        operation: OPERATION,
        changes: false,
        about: queries,
        signal,
        work: async ({ records, requireServed }) => {
          for (const query of queries) requireServed({ subjectRef: query.proposedRef, about: query });
          const context = session.context(OPERATION);
          const digests = await digestIdentifiers({ identifiers: queries.flatMap(({ identifiers }) => identifiers), context, operation: OPERATION });
          let offset = 0;
          return queries.map((query) => {
            const own = digests.slice(offset, offset + query.identifiers.length);
            offset += query.identifiers.length;
            return answerQuery({ records, query, digests: own, now: context.clock.now() });
          });
        },
      }),
  };
}

function answerQuery(request: {
  records: MemoryRecords;
  query: LedgerQueryV1;
  digests: readonly IdentifierDigests[];
  now: number;
}): LedgerAnswerV1 {
  const { records, query, digests, now } = request;
  const owners = digests.map((digest) => findLink({ records, digest })?.ref);
  // The first known identifier names the person.
  const owner = owners.find((ref) => ref !== undefined);
  const ref = owner ?? query.proposedRef;
  const submission = judgeSubmission({ records, submission: query.submission });
  const suppressedSince = latestSuppression({ records, digests });
  const isErased = suppressedSince !== null && query.occurredAt < suppressedSince && !query.onlyRefuses;
  // What will not be written must leave nobody behind, least of all somebody who was erased.
  const linked = submission === "conflicting" || isErased ? [] : digests;
  for (const digest of linked) {
    const { kind, suppression: suppressionDigest, suppressionKeyId } = digest;
    // Whoever is known by an earlier key is known by this one from now on.
    const link = findLink({ records, digest }) ?? { ref, linkedAt: now, test: true };
    records.links.set(digest.blindIndex, { ...link, kind, suppressionDigest, suppressionKeyId, test: link.test && query.test });
  }
  const isElsewhere = (candidate: string | undefined): candidate is string => candidate !== undefined && candidate !== ref;
  const merged = mergedInto({ records, subjectRef: ref }).toSorted();
  const states = [ref, ...merged].flatMap((subjectRef) => statesOf({ records, subjectRef }));
  return {
    ref,
    known: owner !== undefined,
    identifiersElsewhere: owners.flatMap((candidate, index) => (isElsewhere(candidate) ? [index] : [])),
    alsoMatched: [...new Set(owners.filter(isElsewhere))],
    merged,
    states: [...foldConsentStates(states).values()].toSorted(byPurposeThenChannel),
    recorded: query.decisionIds.flatMap((decisionId) => readRecorded({ records, decisionId })),
    recordIds: [...(records.recordIds.get(ref) ?? [])].map(([destinationId, recordId]) => ({ destinationId, recordId })),
    submission,
    suppressedSince,
    held: isHeld({ records, subjectRef: ref, now }),
    restricted: records.restrictions.has(rootOf({ records, subjectRef: ref })),
  };
}

/** The link of an identifier by whichever key it was made with, the active one first. */
export function findLink(request: { records: MemoryRecords; digest: IdentifierDigests }): LinkRow | undefined {
  const { blindIndex, older } = request.digest;
  for (const candidate of [blindIndex, ...older.blindIndex]) {
    const link = request.records.links.get(candidate);
    if (link !== undefined) return link;
  }
  return undefined;
}

function readRecorded(request: { records: MemoryRecords; decisionId: string }): RecordedDecisionV1[] {
  const { records, decisionId } = request;
  const row = records.decisionsById.get(decisionId);
  const head = row === undefined ? undefined : records.heads.get(row.proof.root);
  if (row === undefined || head === undefined) return [];
  return [{ decisionId, canonical: row.canonical, hash: row.hash, proof: row.proof, head }];
}

function latestSuppression(request: { records: MemoryRecords; digests: readonly IdentifierDigests[] }): number | null {
  const digests = request.digests.flatMap(({ suppression, older }) => [suppression, ...older.suppression]);
  const instants = digests.flatMap((digest) => request.records.suppressions.get(digest)?.since ?? []);
  return instants.length === 0 ? null : Math.max(...instants);
}
