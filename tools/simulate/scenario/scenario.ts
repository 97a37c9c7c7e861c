import type { CrmKind } from "../world/crm.ts";
import type { LedgerId } from "../world/ledger-id.ts";

/** The purposes, channels and demands of the brand that every run is about. */
export type PurposeKey = "marketing.email" | "marketing.sms" | "sale" | "profiling";

/** What one person decided once, in the words of a submission. */
export interface DrawnDecision {
  readonly id: string;
  readonly purpose: PurposeKey;
  readonly channel?: string;
  readonly status: string;
  /** Epoch milliseconds: when a confirmation was asked for. */
  readonly askedAt?: number;
}

export interface DrawnSubmission {
  /** From 0; what `--omit` names. */
  readonly number: number;
  readonly submissionId: string;
  readonly person: DrawnPerson;
  /** Epoch milliseconds, by the clock of the till; may lie beyond `receivedAt`. */
  readonly occurredAt: number;
  /** Epoch milliseconds; null where the server itself saw it happen. */
  readonly receivedAt: number | null;
  readonly profile: Readonly<Record<string, string>>;
  readonly decisions: readonly DrawnDecision[];
}

export interface DrawnPerson {
  readonly country: string;
  readonly email: string;
  readonly phone: string;
}

/** What goes wrong, and how often. */
export interface DrawnFaults {
  /** Of an exchange, in [0, 1]. */
  readonly probability: number;
  /** After so many nothing goes wrong any more, so that a run ends. */
  readonly limit: number;
  /** What does not happen: a system that does not promise to survive it. */
  readonly excluded: readonly string[];
  /** Where each writer's first process dies; null: nowhere. */
  readonly crashes: readonly (DrawnCrash | null)[];
  readonly outage: DrawnOutage | null;
}

/** A system that does one thing more, does not answer it, and then refuses everything for longer than anybody asks again. */
export interface DrawnOutage {
  readonly destinationId: string;
  /** The number of the exchange with the system, from 1, of all processes together, that is its last. */
  readonly at: number;
  readonly durationInMs: number;
}

export interface DrawnCrash {
  /** The number of the exchange, from 1, that is the last one. */
  readonly at: number;
  /** Whether its bytes still leave. */
  readonly isSent: boolean;
}

/** How one writer sends: a submission a call, or a stream in batches. */
export interface DrawnWriter {
  readonly submissions: readonly DrawnSubmission[];
  readonly batchSize: number;
  readonly concurrency: number;
  /** Milliseconds by which its clock is off. */
  readonly skewInMs: number;
}

export interface Scenario {
  readonly crm: CrmKind;
  /** The ledger that is a regional store; null: both are in memory. */
  readonly store: LedgerId | null;
  readonly submissions: readonly DrawnSubmission[];
  readonly writers: readonly DrawnWriter[];
  readonly faults: DrawnFaults;
}
