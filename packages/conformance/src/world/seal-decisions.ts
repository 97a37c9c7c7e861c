import {
  buildMerkleTree,
  canonicalise,
  isGrant,
  signHead,
  toHexadecimal,
  toUtf8,
  type CataloguedNotice,
  type ConnectorContextV1,
  type ConsentStatus,
  type DecisionRecord,
  type SealedDecision,
  type SignedHead,
} from "@volenti/core/adapter";
import { deepFreeze } from "./deep-freeze.ts";
import type { Person } from "./person.ts";

/** One decision as a case tells it; all else is the same for every decision of the kit. */
export interface DecisionDraft {
  readonly person: Pick<Person, "ref" | "test">;
  /** Replaced by one of its kind that the connector can represent, unless `exact`. */
  readonly status: ConsentStatus;
  readonly exact?: boolean | undefined;
  /** Epoch milliseconds from which the decision counts. */
  readonly at: number;
  /** Default `marketing.email`. */
  readonly purpose?: string | undefined;
  readonly purposeVersion?: string | undefined;
  /** Default `email`; null for none. */
  readonly channel?: string | null | undefined;
  readonly id?: string | undefined;
  readonly recipients?: readonly string[] | undefined;
  readonly attributes?: readonly string[] | undefined;
  /** Epoch milliseconds. */
  readonly validUntil?: number | undefined;
  readonly collectionPoint?: string | undefined;
}

export interface SealedBatch {
  readonly decisions: readonly SealedDecision[];
  readonly head: SignedHead;
}

/** Seals decisions as core does: canonical bytes, hashes, one tree, one signed head. Answers in the order of the drafts. */
export async function sealDecisions(request: {
  drafts: readonly DecisionDraft[];
  context: ConnectorContextV1;
}): Promise<SealedBatch> {
  const { drafts, context } = request;
  const { controllerId, crypto, keyring, clock } = context;
  const notice = context.catalogue.notices[0];
  if (notice === undefined) throw new TypeError("the test catalogue has no notice");
  const records = drafts.map((draft) => toRecord({ draft, controllerId, notice }));
  const texts = records.map((record) => canonicalise(record));
  const hashes = await crypto.sha256(texts.map(toUtf8));
  const tree = await buildMerkleTree({ leaves: hashes, crypto });
  const root = toHexadecimal(tree.root);
  const sealedAt = new Date(clock.now()).toISOString();
  const statement = { schema: "volenti-head-1", controller: controllerId, root, size: records.length, sealedAt } as const;
  const head = await signHead({ statement, keyring });
  const decisions = records.map((record, index) => deepFreeze({
    record,
    canonical: texts[index] ?? "",
    hash: toHexadecimal(hashes[index] ?? new Uint8Array()),
    effectiveAt: drafts[index]?.at ?? 0,
    proof: {
      leafIndex: index,
      treeSize: records.length,
      path: (tree.paths[index] ?? []).map(toHexadecimal),
      root,
    },
  }));
  return { decisions, head };
}

const TWO_HOURS_IN_MS = 7_200_000;

/**
 * The times behind `effectiveAt`, which is none of the two for every status: a grant counts from `occurredAt`, a refusal
 * from `receivedAt`, a confirmation from when it was asked for. Who goes by one of them alone orders decisions wrongly.
 */
function toInstants(draft: DecisionDraft): Pick<DecisionRecord, "occurredAt" | "receivedAt" | "confirmation"> {
  const toText = (offsetInMs: number): string => new Date(draft.at + offsetInMs).toISOString();
  if (draft.status === "confirmed") {
    const occurredAt = toText(TWO_HOURS_IN_MS);
    return {
      occurredAt,
      receivedAt: occurredAt,
      confirmation: { state: "confirmed", sentAt: toText(0), confirmedAt: occurredAt, via: "email" },
    };
  }
  return isGrant(draft.status)
    ? { occurredAt: toText(0), receivedAt: toText(TWO_HOURS_IN_MS) }
    : { occurredAt: toText(-TWO_HOURS_IN_MS), receivedAt: toText(0) };
}

function toRecord(request: { draft: DecisionDraft; controllerId: string; notice: CataloguedNotice }): DecisionRecord {
  const { draft, controllerId, notice } = request;
  const channel = draft.channel === undefined ? "email" : draft.channel;
  return {
    schema: "volenti-decision-1",
    id: draft.id ?? globalThis.crypto.randomUUID(),
    controller: controllerId,
    subject: draft.person.ref,
    purpose: { key: draft.purpose ?? "marketing.email", version: draft.purposeVersion ?? "1" },
    ...(channel === null ? {} : { channel }),
    ...(draft.recipients === undefined ? {} : { recipients: draft.recipients }),
    ...(draft.attributes === undefined ? {} : { attributes: draft.attributes }),
    status: draft.status,
    actor: { kind: "subject" },
    method: "checkbox",
    explicit: true,
    separate: true,
    notice: { id: notice.id, version: notice.version, locale: notice.locale, sha256: notice.sha256 },
    ...toInstants(draft),
    jurisdictions: ["FR"],
    ...(draft.validUntil === undefined ? {} : { validUntil: new Date(draft.validUntil).toISOString() }),
    collectionPoint: draft.collectionPoint ?? "Élysée 1",
    ...(draft.person.test ? { test: true as const } : {}),
  };
}
