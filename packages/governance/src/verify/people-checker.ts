import type { ChainEndV1, ConnectorV1, ConsentHistoryFacetV1 } from "@volenti/core/adapter";
import { createChainEndChecker, type ChainEndChecker } from "./chain-end-checker.ts";
import { createChainEndReader } from "./chain-end-reader.ts";
import { checkStates } from "./check-states.ts";
import { createPersonHistory, type PersonHistory } from "./person-history.ts";
import { peopleTogether, readStandingStates } from "./read-standing-states.ts";
import type { Tally } from "./tally.ts";

/** Checks people as a whole, once their decisions have gone by: what stands for them, and where their chain ends. */
export interface PeopleChecker {
  /** To be called for every person with decisions, in their order. */
  add(person: PersonHistory): Promise<void>;
  /** Checks what is left, people without decisions included where the store names them. */
  finish(): Promise<void>;
  close(): Promise<void>;
}

interface PeopleCheckerParts {
  readonly connector: ConnectorV1;
  readonly consentHistory: ConsentHistoryFacetV1;
  readonly tally: Tally;
}

interface Ended {
  readonly person: PersonHistory;
  readonly end: ChainEndV1 | null;
}

/** People who are looked up further at once: each costs calls. */
const PEOPLE_AT_ONCE = 16;

export function createPeopleChecker(request: PeopleCheckerParts): PeopleChecker {
  const { connector, consentHistory, tally } = request;
  const ends = createChainEndReader(consentHistory);
  const chains = createChainEndChecker({ consentHistory });
  const mostWaiting = peopleTogether(connector.consent);
  let waiting: Ended[] = [];
  const settle = async (): Promise<void> => {
    const people = waiting;
    waiting = [];
    await checkPeople({ ...request, chains, people });
  };
  const wait = async (ended: Ended): Promise<void> => {
    waiting.push(ended);
    if (waiting.length >= mostWaiting) await settle();
  };
  return {
    add: async (person) => {
      let own: ChainEndV1 | null = null;
      for await (const end of ends.readUpTo(person.subjectRef)) {
        if (end.subjectRef === person.subjectRef) own = end;
        else await wait({ person: createPersonHistory(end.subjectRef), end });
      }
      await wait({ person, end: own });
    },
    finish: async () => {
      for await (const end of ends.readUpTo(null)) await wait({ person: createPersonHistory(end.subjectRef), end });
      await settle();
      tally.addFindings(await chains.finish());
    },
    close: () => ends.close(),
  };
}

async function checkPeople(request: PeopleCheckerParts & { chains: ChainEndChecker; people: readonly Ended[] }): Promise<void> {
  const { connector, consentHistory, tally, chains, people } = request;
  const standing = await readStandingStates({ consent: connector.consent, subjectRefs: people.map(({ person }) => person.subjectRef) });
  for (let start = 0; start < people.length; start += PEOPLE_AT_ONCE) {
    const together = people.slice(start, start + PEOPLE_AT_ONCE);
    const checked = await Promise.all(
      together.map(({ person }) => checkStates({ connector, consentHistory, person, states: standing.get(person.subjectRef) ?? [] })),
    );
    for (const [index, ended] of together.entries()) {
      const states = checked[index];
      if (states !== undefined) tally.addStates(states);
      tally.addFindings([...(states?.findings ?? []), ...(await chains.check(ended))]);
    }
  }
}
