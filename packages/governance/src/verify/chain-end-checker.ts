import type { ChainEndV1, ConsentHistoryFacetV1 } from "@volenti/core/adapter";
import type { PersonHistory } from "./person-history.ts";
import type { DecisionFinding } from "./verification-report.ts";

/** Compares where each person's chain ends by its rows with where the store says that it ends. */
export interface ChainEndChecker {
  /** `end` is null where the store keeps none of this person. Answers what was settled by it. */
  check(request: { person: PersonHistory; end: ChainEndV1 | null }): Promise<readonly DecisionFinding[]>;
  /** Settles what is left; to be called once, at the end. */
  finish(): Promise<readonly DecisionFinding[]>;
}

interface Suspicion {
  /** The last row when the rows were read again; null: there was none. */
  readonly last: Place | null;
  /** Whether the row that the end names was not there. */
  readonly isCut: boolean;
}

type Place = Pick<ChainEndV1, "position" | "link">;

/** People whose suspicion waits for a second look at the ends. */
const MAX_SUSPICIONS = 10_000;

/**
 * Rows and ends are not read at one time, so that a difference may be a write in between. Whoever differs is read again:
 * the rows must hold the end that was read before them, and the ends that are read after them must not be before them.
 */
export function createChainEndChecker(request: { consentHistory: ConsentHistoryFacetV1 }): ChainEndChecker {
  const { consentHistory } = request;
  const suspicions = new Map<string, Suspicion>();
  const settle = async (): Promise<readonly DecisionFinding[]> => {
    if (suspicions.size === 0) return [];
    const confirmed: string[] = [];
    for await (const end of consentHistory.listChainEnds?.() ?? []) {
      const suspicion = suspicions.get(end.subjectRef);
      if (suspicion === undefined) continue;
      if (suspicion.isCut || !reaches({ end, last: suspicion.last })) confirmed.push(end.subjectRef);
      suspicions.delete(end.subjectRef);
    }
    // Rows without an end; whoever has neither any more was removed meanwhile, as test people are.
    for (const [subjectRef, { last }] of suspicions) if (last !== null) confirmed.push(subjectRef);
    suspicions.clear();
    return confirmed.map((subjectRef): DecisionFinding => ({ code: "chainEndMismatch", subjectRef }));
  };
  return {
    check: async ({ person, end }) => {
      if (consentHistory.listChainEnds === undefined || isSame({ end, last: person.last })) return [];
      const { subjectRef } = person;
      const again = await readAgain({ consentHistory, subjectRef, end });
      if (again.last !== null || again.isCut) suspicions.set(subjectRef, again);
      return suspicions.size < MAX_SUSPICIONS ? [] : settle();
    },
    finish: settle,
  };
}

function isSame(request: { end: ChainEndV1 | null; last: Place | null }): boolean {
  const { end, last } = request;
  if (last === null) return end === null || end.position === 0;
  return end?.position === last.position && end.link === last.link;
}

function reaches(request: { end: ChainEndV1; last: Place | null }): boolean {
  const { end, last } = request;
  return last === null || end.position > last.position || (end.position === last.position && end.link === last.link);
}

async function readAgain(request: {
  consentHistory: ConsentHistoryFacetV1;
  subjectRef: string;
  end: ChainEndV1 | null;
}): Promise<Suspicion> {
  const { consentHistory, subjectRef, end } = request;
  let last: Place | null = null;
  let isCut = end !== null && end.position > 0;
  for await (const { chain } of consentHistory.listDecisions({ subjectRef })) {
    if (chain === undefined) continue;
    last = { position: chain.position, link: chain.link };
    if (chain.position === end?.position && chain.link === end.link) isCut = false;
  }
  return { last, isCut };
}
