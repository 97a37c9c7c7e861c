import { ANY_CHANNEL, endsPermission, isStanding, type ConsentStatus, type SealedDecision, type SignedHead, type SubjectWriteV1 } from "@volenti/core/adapter";
import { ALGORITHM, encryptAttribute } from "../encryption/attribute-cipher.ts";
import type { IdentifierDigests } from "../ledger/digest-identifiers.ts";
import type { CachedSubject } from "../ledger/subject-cache.ts";
import type { ItemKey } from "./prepare-item-keys.ts";

/** One item with what was prepared for it. */
export interface PreparedItem {
  readonly item: SubjectWriteV1;
  readonly key: ItemKey | undefined;
  readonly cached: CachedSubject | undefined;
  /** Empty where the consultation has linked the identifiers already. */
  readonly digests: readonly IdentifierDigests[];
}

/** The parameters of `volenti.write_v1`: items, marks, links, decisions, states, attributes, heads, each as JSON. */
export function planWrite(request: { prepared: readonly PreparedItem[]; heads: readonly SignedHead[] }): readonly string[] {
  const { prepared, heads } = request;
  const rows: { items: unknown[]; marks: unknown[]; links: unknown[]; decisions: unknown[]; states: unknown[]; attributes: unknown[] } = {
    items: [], marks: [], links: [], decisions: [], states: [], attributes: [],
  };
  for (const [index, one] of prepared.entries()) {
    const item = index + 1;
    rows.items.push(toItemRow({ one, item }));
    for (const { submissionId, keyId, contentDigest } of one.item.submissions) {
      rows.marks.push({ item, submissionId, keyId, digest: `\\x${contentDigest}` });
    }
    if (one.item.mode === "upsert") {
      for (const { digest, kind, keyId, suppressionKeyId, suppressionDigest } of one.digests) {
        rows.links.push({ item, digest, kind, keyId, suppressionKeyId, suppressionDigest });
      }
    }
    for (const decision of one.item.decisions) rows.decisions.push(toDecisionRow({ decision, item, position: rows.decisions.length }));
    for (const state of one.item.states) {
      const { purpose, channel, decisionId, status, effectiveAt, purposeVersion, validUntil, recipients, attributes } = state;
      rows.states.push({
        item, purpose, channel, id: decisionId, status, rank: rankOf(status), effectiveAt, version: purposeVersion, validUntil,
        recipients, attributes,
      });
    }
    rows.attributes.push(...toAttributeRows({ one, item, offset: rows.attributes.length }));
  }
  const { items, marks, links, decisions, states, attributes } = rows;
  const headRows = heads.map(({ root, jws }) => ({ root: `\\x${root}`, jws }));
  return [items, marks, links, decisions, states, attributes, headRows].map((list) => JSON.stringify(list));
}

/** Whether the item's profile is written at all: whoever only follows a refusal changes nothing else. */
export function writtenAttributes(item: SubjectWriteV1): readonly string[] {
  return item.mode === "upsert" ? Object.keys(item.profile ?? {}) : [];
}

function toItemRow(request: { one: PreparedItem; item: number }): unknown {
  const { one, item } = request;
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

function toDecisionRow(request: { decision: SealedDecision; item: number; position: number }): unknown {
  const { decision, item, position } = request;
  const { record, proof } = decision;
  return {
    position,
    item,
    id: record.id,
    purpose: record.purpose.key,
    version: record.purpose.version,
    channel: record.channel === ANY_CHANNEL ? null : (record.channel ?? null),
    status: record.status,
    rank: rankOf(record.status),
    notice: record.notice.id,
    noticeVersion: record.notice.version,
    noticeDigest: `\\x${record.notice.sha256}`,
    occurredAt: record.occurredAt,
    receivedAt: record.receivedAt ?? null,
    effectiveAt: decision.effectiveAt,
    collectionPoint: record.collectionPoint,
    test: record.test ?? false,
    canonical: decision.canonical,
    hash: `\\x${decision.hash}`,
    leaf: proof.leafIndex,
    size: proof.treeSize,
    path: `\\x${proof.path.join("")}`,
    root: `\\x${proof.root}`,
  };
}

function* toAttributeRows(request: { one: PreparedItem; item: number; offset: number }): Generator {
  const { one, item, offset } = request;
  let position = offset;
  for (const name of writtenAttributes(one.item)) {
    const change = one.item.profile?.[name];
    if (change === undefined) continue;
    const { value, changedAt, submissionId } = change;
    const opened = one.key?.opened;
    const ciphertext = value === null || opened === undefined
      ? null
      : encryptAttribute({
          value,
          dataKey: opened.dataKey,
          place: { ref: one.item.subject.ref, name, dataKeyId: opened.stored.dataKeyId, changedAt, submissionId },
        });
    yield {
      position, item, name, changedAt, submissionId,
      ciphertext: ciphertext === null ? null : `\\x${ciphertext.toString("hex")}`,
    };
    position += 1;
  }
}

/** The second member of the order: what ends a permission is greater than a grant of the same instant. Null for what never stands. */
function rankOf(status: ConsentStatus): 0 | 1 | null {
  if (!isStanding(status)) return null;
  return endsPermission(status) ? 1 : 0;
}
