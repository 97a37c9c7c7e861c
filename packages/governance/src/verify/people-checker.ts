import type { ChainEndV1, ConnectorV1, ConsentHistoryFacetV1 } from "@volenti/core/adapter";
import { createChainEndChecker } from "./chain-end-checker.ts";
import { createChainEndReader } from "./chain-end-reader.ts";
import { checkStates } from "./check-states.ts";
import { createPersonHistory, type PersonHistory } from "./person-history.ts";
import type { Tally } from "./tally.ts";

/** Checks people as a whole, once their decisions have gone by: what stands for them, and where their chain ends. */
export interface PeopleChecker {
  /** To be called for every person with decisions, in their order. */
  add(person: PersonHistory): Promise<void>;
  /** Checks what is left, people without decisions included where the store names them. */
  finish(): Promise<void>;
  close(): Promise<void>;
}

interface Ended {
  readonly person: PersonHistory;
  readonly end: ChainEndV1 | null;
}

/** People who are looked up at once: each costs a call. */
const PEOPLE_AT_ONCE = 16;

export function createPeopleChecker(request: { connector: ConnectorV1; consentHistory: ConsentHistoryFacetV1; tally: Tally }): PeopleChecker {
  const { connector, consentHistory, tally } = request;
  const ends = createChainEndReader(consentHistory);
  const chains = createChainEndChecker({ consentHistory });
  let waiting: Ended[] = [];
  const settle = async (): Promise<void> => {
    const people = waiting;
    waiting = [];
    const checked = await Promise.all(people.map(({ person }) => checkStates({ connector, consentHistory, person })));
    for (const [index, ended] of people.entries()) {
      const states = checked[index];
      if (states !== undefined) tally.addStates(states);
      tally.addFindings([...(states?.findings ?? []), ...(await chains.check(ended))]);
    }
  };
  const wait = async (ended: Ended): Promise<void> => {
    waiting.push(ended);
    if (waiting.length >= PEOPLE_AT_ONCE) await settle();
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
