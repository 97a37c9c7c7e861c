import { readConsent, type ConsentState, type Purpose } from "@volenti/core/adapter";
import { isEnding, isGrant } from "@volenti/core/adapter";
import type { ReadRecord } from "../support/read-decision-record.ts";
import type { ReconsentAnswer, ReconsentReason } from "./reconsent-report.ts";

export interface Judgement {
  readonly answer: ReconsentAnswer;
  /** Null also for a refusal: whether a law forbids to ask is judged apart. */
  readonly reason: ReconsentReason | null;
}

/**
 * What one person's answer to one purpose and channel is worth by the purpose's current version. A grant under a version
 * that the current one does not cover, or that has expired, is no answer to it; a refusal is one for good.
 */
export function judgeAnswer(request: {
  purpose: Purpose;
  /** What stands: the greater of the channel's own and the purpose's `*`. */
  state: ConsentState | undefined;
  /** The person's records of this purpose and channel, oldest first; none where nobody keeps them. */
  records: readonly ReadRecord[];
  notice: { readonly id: string; readonly version: string } | null;
  now: number;
}): Judgement {
  const { purpose, state, records, notice, now } = request;
  if (state !== undefined && !isGrant(state.status) && !isEnding(state.status)) return { answer: "refused", reason: null };
  if (purpose.mechanism !== "optIn") return { answer: "inform", reason: null };
  if (readConsent({ state, purpose, now }) === "granted") {
    return { answer: "covered", reason: noticeReason({ record: records.find(({ id }) => id === state?.decisionId), notice }) };
  }
  return judgePending({ purpose, state, records }) ?? judgeLapsed({ state, now });
}

function noticeReason(request: { record: ReadRecord | undefined; notice: { id: string; version: string } | null }): ReconsentReason | null {
  const { record, notice } = request;
  if (notice === null) return null;
  if (record === undefined) return "unknownNotice";
  return record.notice.id === notice.id && record.notice.version === notice.version ? "thisNotice" : "otherNotice";
}

/** A newer request for the current version: it waits for its confirmation, or lacked something else. */
function judgePending(request: { purpose: Purpose; state: ConsentState | undefined; records: readonly ReadRecord[] }): Judgement | null {
  const { purpose, state, records } = request;
  const last = records.at(-1);
  if (last?.status !== "requested" || last.purpose.version !== purpose.version) return null;
  if (state !== undefined && last.effectiveAt < state.effectiveAt) return null;
  const { confirmation, missing = [] } = last.parsed as { confirmation?: { state?: unknown }; missing?: readonly string[] };
  if (confirmation?.state === "lapsed") return null;
  const isWaiting = missing.length === 0 || missing.some((lack) => lack === "confirmation" || lack === "doubleOptIn");
  return isWaiting ? { answer: "awaitingConfirmation", reason: null } : { answer: "askAgain", reason: "demandMissing" };
}

function judgeLapsed(request: { state: ConsentState | undefined; now: number }): Judgement {
  const { state, now } = request;
  if (state === undefined) return { answer: "neverAnswered", reason: null };
  if (isEnding(state.status)) return { answer: "askAgain", reason: "ended" };
  return { answer: "askAgain", reason: state.validUntil !== null && state.validUntil <= now ? "expired" : "narrowerVersion" };
}
