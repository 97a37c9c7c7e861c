import {
  ANY_CHANNEL,
  endsPermission,
  foldConsentStates,
  isStanding,
  sealDecisions,
  type ConsentState,
  type ConsentStatus,
  type DecisionRecord,
  type Identifier,
  type JsonValue,
  type SubjectWriteV1,
} from "@volenti/core/adapter";
import { writeBatch } from "../../src/intake/write-batch.ts";
import type { TestOrg } from "./read-org.ts";

/** The instant that tests count from, epoch milliseconds; not on a whole second. */
export const BASE: number = Date.UTC(2026, 2, 2, 9, 30, 15, 123);

export interface DecisionDraft {
  readonly purpose?: string;
  /** Default `email`; null: none. */
  readonly channel?: string | null;
  readonly status: ConsentStatus;
  /** Milliseconds after {@link BASE}. */
  readonly at: number;
}

export interface PersonDraft {
  readonly ref?: string;
  readonly test?: boolean;
  readonly identifiers?: readonly Identifier[];
  readonly profile?: Readonly<Record<string, JsonValue>>;
  /** Milliseconds after {@link BASE}. */
  readonly profileAt?: number;
  readonly decisions?: readonly DecisionDraft[];
}

/** A ref like those of a ledger: 26 letters and digits. */
export function makeRef(): string {
  return globalThis.crypto.randomUUID().replaceAll("-", "").slice(0, 26);
}

/** Writes one person through the connector's own write; answers the ref. Rejects unless all of it was written. */
export async function writePerson(request: { org: TestOrg; person: PersonDraft }): Promise<string> {
  const { org, person } = request;
  const ref = person.ref ?? makeRef();
  const records = (person.decisions ?? []).map((draft) => toRecord({ org, ref, draft, test: person.test ?? false }));
  const { controllerId, keyring, crypto, clock } = org.context;
  const { sealed, head } = await sealDecisions({
    decisions: records.map((record, index) => ({ record, effectiveAt: BASE + (person.decisions?.[index]?.at ?? 0) })),
    controllerId,
    keyring,
    crypto,
    now: clock.now(),
  });
  // Its first bits are those of a submission's, never those of the org's own stamps.
  const submissionId = `f${globalThis.crypto.randomUUID().slice(1)}`;
  const changedAt = BASE + (person.profileAt ?? 0);
  const profile = Object.fromEntries(Object.entries(person.profile ?? {}).map(([name, value]) => [name, { value, changedAt, submissionId }]));
  const item: SubjectWriteV1 = {
    writeId: submissionId,
    mode: "upsert",
    subject: { ref, identifiers: person.identifiers ?? [], country: "FR", ageBand: "adult", test: person.test ?? false },
    submissions: [],
    ...(person.profile === undefined ? {} : { profile }),
    decisions: sealed,
    states: [...foldConsentStates(sealed.flatMap((decision) => toStates({ org, record: decision.record, effectiveAt: decision.effectiveAt }))).values()],
  };
  const [outcome] = await writeBatch({ session: org.session, batch: { items: [item], heads: head === null ? [] : [head] } });
  if (outcome?.status === "failed") throw outcome.error;
  if (outcome?.status !== "written") throw new Error(`the person was answered ${outcome?.status ?? "with nothing"}`);
  return ref;
}

function toRecord(request: { org: TestOrg; ref: string; draft: DecisionDraft; test: boolean }): DecisionRecord {
  const { org, ref, draft, test } = request;
  const [notice] = org.context.catalogue.notices;
  if (notice === undefined) throw new Error("the test catalogue has no notice");
  const at = new Date(BASE + draft.at).toISOString();
  return {
    schema: "volenti-decision-1",
    id: globalThis.crypto.randomUUID(),
    controller: org.context.controllerId,
    subject: ref,
    purpose: { key: draft.purpose ?? "marketing.email", version: "1" },
    ...(draft.channel === null ? {} : { channel: draft.channel ?? "email" }),
    status: draft.status,
    actor: { kind: "subject" },
    method: "checkbox",
    explicit: true,
    separate: true,
    notice: { id: notice.id, version: notice.version, locale: notice.locale, sha256: notice.sha256 },
    occurredAt: at,
    receivedAt: at,
    jurisdictions: ["FR"],
    collectionPoint: "paris-flagship",
    ...(test ? { test: true as const } : {}),
  };
}

function toStates(request: { org: TestOrg; record: DecisionRecord; effectiveAt: number }): ConsentState[] {
  const { org, record, effectiveAt } = request;
  const { status, purpose } = record;
  if (!isStanding(status)) return [];
  const declared = org.context.catalogue.purposes.find(({ key }) => key === purpose.key)?.channels ?? [];
  const channels = record.channel === undefined ? [ANY_CHANNEL, ...(endsPermission(status) ? declared : [])] : [record.channel];
  const unnarrowed = { validUntil: null, recipients: null, attributes: null };
  return channels.map((channel) => ({ purpose: purpose.key, channel, decisionId: record.id, status, effectiveAt, purposeVersion: purpose.version, ...unnarrowed }));
}
