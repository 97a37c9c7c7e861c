import { createHash, randomBytes, randomUUID } from "node:crypto";
import {
  ANY_CHANNEL,
  canonicalise,
  foldConsentStates,
  isStanding,
  toBase32,
  type ConsentState,
  type ConsentStatus,
  type DecisionRecord,
  type Identifier,
  type JsonValue,
  type SealedDecision,
  type StandingStatus,
  type SubjectWriteV1,
  type WriteBatchV1,
} from "@volenti/core/adapter";

export const NOON = Date.UTC(2026, 10, 21, 12);
const CHANNELS: Readonly<Record<string, readonly string[]>> = {
  "marketing.email": ["email", "sms"],
  loyalty: [],
};

export interface DecisionInput {
  readonly id?: string;
  readonly purpose?: string;
  readonly purposeVersion?: string;
  /** Absent: no channel. */
  readonly channel?: string | undefined;
  readonly status?: ConsentStatus;
  readonly effectiveAt?: number;
  readonly validUntil?: number | null;
}

export function randomRef(): string {
  return toBase32(new Uint8Array(randomBytes(16)));
}

export function emailOf(name: string): Identifier {
  return { kind: "email", value: `${name}@example.com` };
}

/** A sealed decision whose proof is a tree of one. */
export function sealDecision(request: { ref: string; input?: DecisionInput; test?: boolean }): SealedDecision {
  const { ref, input = {}, test = false } = request;
  const effectiveAt = input.effectiveAt ?? NOON;
  const record: DecisionRecord = {
    schema: "volenti-decision-1",
    id: input.id ?? randomUUID(),
    controller: "maison-exemple",
    subject: ref,
    purpose: { key: input.purpose ?? "marketing.email", version: input.purposeVersion ?? "2" },
    ...(input.channel === undefined ? {} : { channel: input.channel }),
    status: input.status ?? "given",
    actor: { kind: "subject" },
    method: "checkbox",
    explicit: false,
    separate: false,
    notice: { id: "signup", version: "3", locale: "fr-FR", sha256: "ab".repeat(32) },
    occurredAt: new Date(effectiveAt).toISOString(),
    jurisdictions: ["FR"],
    collectionPoint: "paris-flagship",
    ...(test ? { test: true as const } : {}),
  };
  const canonical = canonicalise(record);
  const hash = createHash("sha256").update(canonical).digest("hex");
  const root = createHash("sha256").update(Buffer.concat([Buffer.of(0), Buffer.from(hash, "hex")])).digest("hex");
  return { record, canonical, hash, effectiveAt, proof: { leafIndex: 0, treeSize: 1, path: [], root } };
}

/** What a decision says of each consent key, as core unfolds it: a channel-less one holds for every channel of the purpose. */
export function statesOf(decision: SealedDecision, validUntil: number | null = null): readonly ConsentState[] {
  const { record, effectiveAt } = decision;
  if (!isStanding(record.status)) return [];
  const status: StandingStatus = record.status;
  const channels = record.channel === undefined ? [ANY_CHANNEL, ...(CHANNELS[record.purpose.key] ?? [])] : [record.channel];
  return channels.map((channel) => ({
    purpose: record.purpose.key,
    channel,
    decisionId: record.id,
    status,
    effectiveAt,
    purposeVersion: record.purpose.version,
    validUntil,
    recipients: null,
    attributes: null,
  }));
}

export interface ItemInput {
  readonly ref?: string;
  readonly mode?: "upsert" | "existingOnly";
  readonly identifiers?: readonly Identifier[];
  readonly decisions?: readonly DecisionInput[];
  readonly profile?: Readonly<Record<string, JsonValue>>;
  readonly changedAt?: number;
  readonly submissionId?: string;
  readonly contentDigest?: string;
  readonly test?: boolean;
}

export function makeItem(input: ItemInput = {}): SubjectWriteV1 {
  const ref = input.ref ?? randomRef();
  const submissionId = input.submissionId ?? randomUUID();
  const test = input.test ?? false;
  const sealed = (input.decisions ?? []).map((one) => ({ one, decision: sealDecision({ ref, input: one, test }) }));
  const states = sealed.flatMap(({ one, decision }) => statesOf(decision, one.validUntil ?? null));
  return {
    writeId: submissionId,
    mode: input.mode ?? "upsert",
    subject: { ref, identifiers: input.identifiers ?? [], country: "FR", ageBand: "adult", test },
    submissions: [{ submissionId, contentDigest: input.contentDigest ?? "cd".repeat(32), keyId: "submission-1" }],
    ...(input.profile === undefined ? {} : { profile: toPatch({ profile: input.profile, changedAt: input.changedAt ?? NOON, submissionId }) }),
    decisions: sealed.map(({ decision }) => decision),
    states: [...foldConsentStates(states).values()],
  };
}

/** A batch with a head for each root that its decisions name. */
export function makeBatch(items: readonly SubjectWriteV1[]): WriteBatchV1 {
  const roots = new Set(items.flatMap(({ decisions }) => decisions.map(({ proof }) => proof.root)));
  return { items, heads: [...roots].map((root) => ({ root, jws: `head.${root}.signature` })) };
}

function toPatch(request: { profile: Readonly<Record<string, JsonValue>>; changedAt: number; submissionId: string }): SubjectWriteV1["profile"] {
  const { profile, changedAt, submissionId } = request;
  return Object.fromEntries(Object.entries(profile).map(([name, value]) => [name, { value, changedAt, submissionId }]));
}
