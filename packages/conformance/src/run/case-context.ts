import type {
  Catalogue,
  ConnectorContextV1,
  ConnectorTraitsV1,
  ConnectorV1,
  ProfilePatch,
  ProvisioningStepV1,
  SignedHead,
  SubjectWriteV1,
  WriteOutcomeV1,
} from "@volenti/core/adapter";
import type { ConformanceFaults, ConformanceHarness, ConformanceProbe } from "../conformance-harness.ts";
import type { Person } from "../world/person.ts";
import type { DecisionDraft, SealedBatch } from "../world/seal-decisions.ts";
import type { ItemDraft } from "../world/to-item.ts";

export type WrittenOutcome = Extract<WriteOutcomeV1, { status: "written" }>;

/** What a case works with. Everything that it makes is fresh, so that cases run alone and in any order. */
export interface CaseContext {
  /** Attached; shared by the cases of a run. */
  readonly connector: ConnectorV1;
  readonly traits: ConnectorTraitsV1;
  readonly probe: ConformanceProbe;
  /** What the harness says of the system. */
  readonly pace: "fast" | "slow";
  /** Only what the harness offers; cleared after the case. */
  readonly faults: ConformanceFaults;
  /** Undefined where the harness offers none. */
  readonly addUnlinked: ConformanceHarness["addUnlinked"];
  /** What connectors are attached with. */
  readonly attachment: ConnectorContextV1;
  readonly catalogue: Catalogue;
  /** What provisioning answered before the first case; rejects where it rejected then. */
  readonly setup: () => Promise<ProvisioningSetup>;
  /** The connector's finest step of time, in milliseconds. */
  readonly step: number;
  /** The instant that many steps after a fixed one in the past, epoch milliseconds. */
  readonly at: (steps: number) => number;
  /** A further connector over the same store, attached; closed after the case. */
  readonly connect: () => Promise<ConnectorV1>;
  /** A further connector, not attached; closed after the case. */
  readonly make: () => Promise<ConnectorV1>;
  /** A person whom the system has never heard of. */
  readonly stranger: (options?: { test?: boolean | undefined }) => Person;
  /** A fresh person, known to the ledger where there is one, as core has it before a write. */
  readonly person: (options?: { test?: boolean | undefined }) => Promise<Person>;
  /** As many fresh people as that, in no order. */
  readonly people: (count: number) => Promise<readonly Person[]>;
  /** Signs drafts as core does: one batch, one head; decisions in the order of the drafts. */
  readonly seal: (drafts: readonly DecisionDraft[]) => Promise<SealedBatch>;
  /** Folds a draft's decisions into states as core does. */
  readonly toItem: (draft: ItemDraft) => SubjectWriteV1;
  /** Writes items in as many batches as `maxBatchSize` asks for; answers in their order. */
  readonly send: (request: SendRequest) => Promise<readonly WriteOutcomeV1[]>;
  /** Seals and writes one person's item; fails the case unless it was written. */
  readonly record: (request: RecordRequest) => Promise<Recorded>;
  /** All of the items, or on a slow system a sample of them, the same in every run; the report says how many of what. */
  readonly bound: <Item>(request: { items: readonly Item[]; what: string }) => readonly Item[];
  /** Runs the check until it holds, as long as `readAfterWrite` allows; once where that is `immediate`. */
  readonly eventually: (check: () => Promise<void>) => Promise<void>;
}

export interface ProvisioningSetup {
  readonly firstPlan: readonly ProvisioningStepV1[];
  readonly secondPlan: readonly ProvisioningStepV1[];
  readonly applied: readonly ProvisioningStepV1[];
}

export interface SendRequest {
  readonly items: readonly SubjectWriteV1[];
  readonly heads?: readonly SignedHead[] | undefined;
  readonly connector?: ConnectorV1 | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface RecordRequest {
  readonly person: Person;
  readonly decisions?: readonly Omit<DecisionDraft, "person">[] | undefined;
  readonly profile?: ProfilePatch | undefined;
  readonly mode?: SubjectWriteV1["mode"] | undefined;
  readonly connector?: ConnectorV1 | undefined;
}

export interface Recorded {
  readonly item: SubjectWriteV1;
  readonly heads: readonly SignedHead[];
  readonly outcome: WrittenOutcome;
}
