import type { SignedHead, SubjectWriteV1 } from "@volenti/core/adapter";
import { ALGORITHM } from "../encryption/attribute-cipher.ts";
import type { IdentifierDigests } from "../ledger/digest-identifiers.ts";
import type { CachedSubject } from "../ledger/subject-cache.ts";
import { packAttributes } from "./pack-attributes.ts";
import { packDecisions } from "./pack-decisions.ts";
import type { ItemKey } from "./prepare-item-keys.ts";
import { rankOf } from "./rank-of.ts";

/** One item with what was prepared for it. */
export interface PreparedItem {
  readonly item: SubjectWriteV1;
  readonly key: ItemKey | undefined;
  readonly cached: CachedSubject | undefined;
  /** Empty where the consultation has linked the identifiers already. */
  readonly digests: readonly IdentifierDigests[];
}

/** The parameters of `volenti.write_v1`: items, marks, links, states and heads as JSON; then decisions; then attributes. */
export function planWrite(request: { prepared: readonly PreparedItem[]; heads: readonly SignedHead[] }): readonly (string | Uint8Array)[] {
  const { prepared, heads } = request;
  const numbered = prepared.map((one, index) => ({ one, item: index + 1 }));
  const items = numbered.map(toItemRow);
  const marks = numbered.flatMap(({ one, item }) =>
    one.item.submissions.map(({ submissionId, keyId, contentDigest }) => ({ item, submissionId, keyId, digest: `\\x${contentDigest}` })),
  );
  const states = numbered.flatMap(toStateRows);
  const headRows = heads.map(({ root, jws }) => ({ root: `\\x${root}`, jws }));
  const decisions = packDecisions(numbered.flatMap(({ one, item }) => one.item.decisions.map((decision) => ({ decision, item }))));
  return [
    ...[items, marks, numbered.flatMap(toLinkRows), states, headRows].map((rows) => JSON.stringify(rows)),
    decisions.rows,
    decisions.bodies,
    ...packAttributes(prepared),
  ];
}

interface NumberedItem {
  readonly one: PreparedItem;
  /** From 1. */
  readonly item: number;
}

function toLinkRows({ one, item }: NumberedItem): readonly unknown[] {
  if (one.item.mode === "existingOnly") return [];
  return one.digests.map(({ digest, kind, keyId, suppressionKeyId, suppressionDigest }) => ({
    item, digest, kind, keyId, suppressionKeyId, suppressionDigest,
  }));
}

function toStateRows({ one, item }: NumberedItem): readonly unknown[] {
  return one.item.states.map(
    ({ purpose, channel, decisionId, status, effectiveAt, purposeVersion, validUntil, recipients, attributes }) => ({
      item, purpose, channel, id: decisionId, status, rank: rankOf(status), effectiveAt, version: purposeVersion, validUntil,
      recipients, attributes,
    }),
  );
}

function toItemRow({ one, item }: NumberedItem): unknown {
  const { ref, country, ageBand, test } = one.item.subject;
  const stored = one.key?.opened.stored;
  const proposal = one.key?.isProposed === true && stored !== undefined
    ? { keyId: stored.keyId, algorithm: ALGORITHM, wrapped: `\\x${stored.wrapped}` }
    : {};
  return {
    item,
    ref,
    country,
    ageBand,
    test,
    existing: one.item.mode === "existingOnly",
    lookups: one.item.mode === "existingOnly" ? one.digests.flatMap(({ digest, older }) => [digest, ...older]) : [],
    generation: one.cached?.generation ?? null,
    dataKeyId: stored?.dataKeyId ?? null,
    ...proposal,
  };
}
