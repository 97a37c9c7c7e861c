/** What a system holds, read from inside, never through a connector. */
export interface HeldSystem {
  readonly id: string;
  /** False where a system knows only what stands last. */
  readonly keepsDecisions: boolean;
  /** False where two changes of one attribute in one millisecond may be taken for the same. */
  readonly isExactToTheTie: boolean;
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
