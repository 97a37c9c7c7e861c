/** What a system holds, read from inside, never through a connector. */
export interface HeldSystem {
  readonly id: string;
  /** False where a system knows only what stands last. */
  readonly keepsDecisions: boolean;
  /** How it orders changes of one attribute: `exceptTies` may take two of one millisecond for the same, `none` keeps what came last. */
  readonly profileOrder: "exact" | "exceptTies" | "none";
  /** Every row: a decision that was recorded twice is there twice. */
  listDecisions(): readonly HeldDecision[];
  listStates(): readonly HeldState[];
  listPeople(): readonly HeldPerson[];
}

export interface HeldDecision {
  readonly subjectRef: string;
  readonly decisionId: string;
  readonly canonical: string;
  readonly hash: string;
  /** Where the system chains. */
  readonly link?: string;
}

export interface HeldState {
  readonly subjectRef: string;
  readonly purpose: string;
  readonly channel: string;
  readonly decisionId: string;
  readonly status: string;
  readonly effectiveAt: number;
}

export interface HeldPerson {
  readonly subjectRef: string;
  /** By dotted name. */
  readonly attributes: Readonly<Record<string, unknown>>;
}
