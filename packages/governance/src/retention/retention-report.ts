/** What is looked for, and how it is told. */
export interface RetentionRequest {
  /** Erases and masks; without it nothing is changed anywhere. */
  readonly apply: boolean;
  /** Given every person on whom something is to be done, or was done, or who is kept for a reason; one a destination. Awaited. */
  readonly onEntry?: ((entry: RetentionEntry) => void | Promise<void>) | undefined;
  /** Called after each step with how many people were looked at so far. */
  readonly onProgress?: ((people: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * - `erase`: every purpose is over
 * - `mask`: some attributes outlived every purpose that declares them
 * - `keep`: something outlived, and stays for the reason that is told
 */
export type RetentionAction = "erase" | "mask" | "keep";

/**
 * - `held`: a hold forbids it, until its end
 * - `restricted`: processing is restricted (GDPR article 18): stored, and nothing else
 */
export type KeptReason = "held" | "restricted";

/**
 * - `listed`: nothing was attempted
 * - `done`: erased or masked; nothing of it was there any more also counts
 * - `newer`: an attribute was changed meanwhile, and stands
 * - `notAttempted`: waits for a copy that could not be dealt with
 * - `unsupported`: this destination cannot erase: a human's work
 * - `failed`: may be tried again
 */
export type RetentionOutcome = "listed" | "done" | "newer" | "notAttempted" | "unsupported" | "failed";

/** One person in one destination. Refs and names, never a value. */
export interface RetentionEntry {
  /** The destination's key in the configuration. */
  readonly destinationId: string;
  /** The pseudonym under which the destination holds the person. */
  readonly subjectRef: string;
  /** ISO 3166-1 alpha-2; null where nobody knows. */
  readonly country: string | null;
  readonly action: RetentionAction;
  /** Keys of the purposes that were outlived. */
  readonly purposes: readonly string[];
  /** Names of the attributes that outlived them. */
  readonly attributes: readonly string[];
  readonly outcome: RetentionOutcome;
  /** Why it is kept, or the code of the failure. */
  readonly reason?: string;
  /** Epoch milliseconds: when a hold ends; null where no end is known. Only where one keeps something. */
  readonly until?: number | null;
}

/** People of one destination, purpose and country with whom the same was, or is to be, done. A person with two purposes is in two rows. */
export interface RetentionCount {
  /** The destination's key in the configuration. */
  readonly destinationId: string;
  /** Null: no purpose declares what is held. */
  readonly purpose: string | null;
  /** ISO 3166-1 alpha-2; null where nobody knows. */
  readonly country: string | null;
  readonly action: RetentionAction;
  readonly outcome: RetentionOutcome;
  /** Only for `keep`. */
  readonly reason: KeptReason | null;
  /** Test people excluded. */
  readonly people: number;
}

/** How a destination's people were found. */
export interface RetentionDestination {
  /** The destination's key in the configuration. */
  readonly id: string;
  /** As the destination declares it: a country code or `EU`. */
  readonly region: string;
  /**
   * - `listed`: it lists everybody itself
   * - `byLedger`: by the refs that a ledger lists
   * - `partlyByLedger`: the same, and some of its people come by a route whose ledger lists nobody: those nobody looked at
   * - `unsupported`: neither can be done: nobody looked there
   * - `failed`: it broke off in the middle; the code says why
   */
  readonly status: "listed" | "byLedger" | "partlyByLedger" | "unsupported" | "failed";
  /** Of `failed` only: a code of `ConnectorError`. */
  readonly code?: string;
  /** People who were looked at, test people excluded; null where it lists nobody. */
  readonly people: number | null;
}

/**
 * - `complete`: everybody whom a destination can list was looked at, and what was to be done is done
 * - `incomplete`: something failed or waits; run it again
 * - `interrupted`: the signal ended it
 */
export interface RetentionReport {
  /** As above. */
  readonly outcome: "complete" | "incomplete" | "interrupted";
  /** Whether anything was to be erased; else it is a plan. */
  readonly applied: boolean;
  /** Epoch milliseconds: by when it was judged. */
  readonly judgedAt: number;
  /** In the order of the configuration. */
  readonly destinations: readonly RetentionDestination[];
  /** Ordered by destination, then purpose; empty where nothing was outlived. */
  readonly counts: readonly RetentionCount[];
  /** Keys of the current purposes that have no end by time, in no country or only in some: a gap in the configuration. */
  readonly noRetention: readonly string[];
}
