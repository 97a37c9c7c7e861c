/** The notice or the purpose by which people would be asked again. */
export interface ReconsentRequest {
  /** The notice by which people would be asked. Either this or `purpose`, or both. */
  readonly notice?: { readonly id: string; readonly version: string } | undefined;
  /** Only this purpose; without a notice: its current version. */
  readonly purpose?: string | undefined;
  /** Given everybody's answer to every purpose and channel, as it is found. Awaited. */
  readonly onEntry?: ((entry: ReconsentEntry) => void | Promise<void>) | undefined;
  /** Called from time to time with how many people were looked at so far. */
  readonly onProgress?: ((people: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * - `covered`: a grant stands that the current version of the purpose covers
 * - `askAgain`: what was granted is not enough any more, and nothing forbids to ask
 * - `neverAnswered`: nothing was decided
 * - `awaitingConfirmation`: asked, and the confirmation did not come back yet
 * - `refused`: a refusal stands, whatever its age
 * - `inform`: the purpose needs no consent; the person is told, not asked
 * - `leftOut`: would be asked again, and must not be
 */
export const RECONSENT_ANSWERS = ["covered", "askAgain", "neverAnswered", "awaitingConfirmation", "refused", "inform", "leftOut"] as const;
/** What is to be done about one person. */
export type ReconsentAnswer = (typeof RECONSENT_ANSWERS)[number];

/**
 * - of `covered`: `thisNotice`, `otherNotice` (the person was told by another version), `unknownNotice` (nobody kept by which)
 * - of `askAgain`: `narrowerVersion` (of a version that the current one does not cover), `expired`, `ended`, `demandMissing`
 *   (given, and recorded as `requested` since it lacked something)
 * - of `refused`: `noReask` (a law forbids to ask until an instant), `mayBeAsked` (no law of ours forbids it any more)
 * - of `leftOut`: `restricted` (processing rests), `refusedElsewhere` (another destination holds a no), `unread` (it
 *   could not be asked whether either is so)
 */
export type ReconsentReason =
  | "thisNotice"
  | "otherNotice"
  | "unknownNotice"
  | "narrowerVersion"
  | "expired"
  | "ended"
  | "demandMissing"
  | "noReask"
  | "mayBeAsked"
  | "restricted"
  | "refusedElsewhere"
  | "unread";

/** One person's answer to one purpose and channel. Refs and words of ours, never a value. */
export interface ReconsentEntry {
  /** The pseudonym under which the destinations hold the person. */
  readonly subjectRef: string;
  /** ISO 3166-1 alpha-2; null where nobody knows. */
  readonly country: string | null;
  /** Key of the purpose. */
  readonly purpose: string;
  /** `*` for a purpose without channels. */
  readonly channel: string;
  readonly answer: ReconsentAnswer;
  /** Why that is the answer; null where nothing needs a reason. */
  readonly reason: ReconsentReason | null;
  /** The purpose version of what stands; null where nothing does. */
  readonly purposeVersion: string | null;
  /** Epoch milliseconds: until when a law forbids to ask. Only of a refusal; null where none does. */
  readonly noReaskUntil: number | null;
  /** The notice of the person's last decision on it; null where nobody kept one. */
  readonly lastNotice: { readonly id: string; readonly version: string; readonly locale: string } | null;
}

/** How many people an answer is for. */
export interface ReconsentCount {
  /** Key of the purpose. */
  readonly purpose: string;
  /** `*` for a purpose without channels. */
  readonly channel: string;
  /** ISO 3166-1 alpha-2; null where nobody knows. */
  readonly country: string | null;
  readonly answer: ReconsentAnswer;
  /** As that of an entry; null where nothing needs a reason. */
  readonly reason: ReconsentReason | null;
  /** Test people excluded. */
  readonly people: number;
}

/** How a destination's people were found. */
export interface ReconsentDestination {
  /** The destination's key in the configuration. */
  readonly id: string;
  /**
   * - `listed`: its own list was read
   * - `byLedger`: its people are those of a ledger that was read
   * - `partlyByLedger`: of some of its people nobody can tell
   * - `unsupported`: nobody can say whom it holds: nobody was looked at
   * - `failed`: it broke off in the middle, or could not be asked; the code says why
   */
  readonly status: "listed" | "byLedger" | "partlyByLedger" | "unsupported" | "failed";
  /** Of `failed` only: a code of `ConnectorError`. */
  readonly code?: string;
}

/** Who must be asked again, and who may not be. */
export interface ReconsentReport {
  /** `incomplete`: something could not be read; run it again. */
  readonly outcome: "complete" | "incomplete" | "interrupted";
  /** Null where only a purpose was named. */
  readonly notice: { readonly id: string; readonly version: string; readonly locales: readonly string[] } | null;
  /** What people are judged by: the current version of each purpose. */
  readonly purposes: readonly { readonly key: string; readonly version: string }[];
  /** Keys of purposes of which the notice names a version that is not current: asking by this notice would not do. */
  readonly notInNotice: readonly string[];
  /** Epoch milliseconds: by when it was judged. */
  readonly judgedAt: number;
  /** People who were looked at, test people excluded. */
  readonly people: number;
  /** Of these, who has to be asked again for something: each once. */
  readonly peopleToAsk: number;
  /** Answers by purpose and channel: a person counts once for each. */
  readonly totals: Readonly<Record<ReconsentAnswer, number>>;
  /** Ordered by purpose, channel, country, answer. */
  readonly counts: readonly ReconsentCount[];
  /** In the order of the configuration. */
  readonly destinations: readonly ReconsentDestination[];
}
