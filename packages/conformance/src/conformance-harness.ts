import type { ConnectorContextV1, ConnectorV1, ConsentState, Identifier, JsonValue, MaybePromise } from "@volenti/core/adapter";

/**
 * What an author hands to the kit: how to make the connector, how to look into the system behind it without the
 * connector, and how to make that system fail. Everything works on one backing store, which starts empty.
 */
export interface ConformanceHarness {
  /** For the headings of the report: `memory`, `salesforce (emulator)`. */
  readonly name: string;
  /**
   * Makes one more connector over the same backing store, without I/O and not attached: the kit attaches it, and
   * closes it. Called many times; two of them play two processes that write at once.
   */
  readonly connect: () => MaybePromise<ConnectorV1>;
  readonly probe: ConformanceProbe;
  /** The failures that the harness can cause; a case that needs one it lacks is skipped, and the report says so. */
  readonly faults?: ConformanceFaults | undefined;
  /**
   * `slow`: a call takes milliseconds (HTTP, an emulator): cases that try hundreds of orders of arrival try an even
   * sample of them, and the report says so. Default `fast`.
   */
  readonly pace?: "fast" | "slow" | undefined;
  /**
   * Puts a customer into the system past the connector, as its own staff does, who has this identifier where people are found
   * by it and bears no ref of ours. Answers the system's own id of the record; null where records hold no such kind.
   */
  readonly addUnlinked?: ((request: { identifier: Identifier }) => MaybePromise<string | null>) | undefined;
  /** Replaces parts of the context that the kit attaches connectors with. */
  readonly context?: Partial<Pick<ConnectorContextV1, "keyring" | "crypto" | "clock">> | undefined;
  /** Ends what the harness opened. Called once, after the last case. */
  readonly dispose?: (() => MaybePromise<void>) | undefined;
}

/**
 * Reads the backing store out of band: with a client of its own, never through the connector, so that a connector
 * which answers from a cache, or says that it erased, is found out.
 */
export interface ConformanceProbe {
  /** Whether the system holds this person at all (a contact, a customer, a subject row that was not erased). */
  readonly holdsPerson: (request: { subjectRef: string }) => MaybePromise<boolean>;
  /**
   * Every stored decision row of the person, in the order of recording; a row twice in the store is twice in the
   * answer. Empty for a system that keeps only what stands.
   */
  readonly listDecisions: (request: { subjectRef: string }) => MaybePromise<readonly ProbedDecision[]>;
  /** Every stored consent state of the person, in any order. */
  readonly listStates: (request: { subjectRef: string }) => MaybePromise<readonly ProbedState[]>;
  /** The stored attribute values by dotted name, decrypted where they are encrypted; empty where there are none. */
  readonly readAttributes: (request: { subjectRef: string }) => MaybePromise<Readonly<Record<string, JsonValue>>>;
  /** How many identifiers lead to the person in the ledger; 0 where there is no ledger. */
  readonly countLinks: (request: { subjectRef: string }) => MaybePromise<number>;
  /**
   * All that lies in the store, as text, the parts at rest as they lie there (encrypted ones encrypted): searched for
   * values that must not be stored.
   */
  readonly dump: () => MaybePromise<string>;
  /** Calls that connectors of this harness have made on the system so far. Absent where nobody can count them. */
  readonly countCalls?: (() => MaybePromise<number>) | undefined;
  /** Connections that connectors of this harness hold open now. Absent where nobody can count them. */
  readonly countConnections?: (() => MaybePromise<number>) | undefined;
}

/** A decision as it lies in the system, read past the connector. */
export interface ProbedDecision {
  /** As the system has it. */
  readonly decisionId: string;
  /** To the letter as it is stored, for comparison with what was written. */
  readonly canonical: string;
  /** Hexadecimal. */
  readonly hash: string;
}

/** A consent state as it lies in the system, read past the connector. */
export type ProbedState = Pick<ConsentState, "purpose" | "channel" | "decisionId" | "status" | "effectiveAt">;

/**
 * Each member arms one failure, which lasts until `clear()`: it strikes every call that a connector makes to the
 * system, also of connectors made later, and never the probe.
 */
export interface ConformanceFaults {
  /** Ends whatever was armed, and lets go of what was stalled. */
  readonly clear: () => MaybePromise<void>;
  /** The system cannot be reached, or says that it is down; nothing is applied. */
  readonly unavailable?: (() => MaybePromise<void>) | undefined;
  /** A call arrives and is applied, and the connection breaks before its answer. */
  readonly dropAfterApply?: (() => MaybePromise<void>) | undefined;
  /** The connection breaks after the call was sent and before the system applied anything. */
  readonly dropBeforeApply?: (() => MaybePromise<void>) | undefined;
  /** The system refuses for its call budget. `notBefore`: the epoch milliseconds that it names, where it names any. */
  readonly rateLimited?: ((request: { notBefore: number }) => MaybePromise<void>) | undefined;
  /** Every session that was open is refused; a renewed one may work. */
  readonly expiredSession?: (() => MaybePromise<void>) | undefined;
  /** The system answers something that its interface does not allow; nothing is applied. */
  readonly malformed?: (() => MaybePromise<void>) | undefined;
  /** The system takes the call and does not answer until `clear()`. */
  readonly stalled?: (() => MaybePromise<void>) | undefined;
  /** The system refuses everything that concerns this one person, and serves all others. */
  readonly refuseSubject?: ((request: { subjectRef: string }) => MaybePromise<void>) | undefined;
}

/** The faults that a harness may offer, by name. */
export type ConformanceFaultName = Exclude<keyof ConformanceFaults, "clear">;
