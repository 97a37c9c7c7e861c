import { setTimeout as wait } from "node:timers/promises";
import type { ConnectorV1, ConsentHistoryFacetV1, CustodyFacetV1 } from "@volenti/core/adapter";

/** Calls of one destination since the last look: those that read a person, and those that write the access log. */
export interface DistantCalls {
  reads: number;
  records: number;
}

type Travel = <Result>(kind: keyof DistantCalls, work: () => Promise<Result>) => Promise<Result>;

/** A connector at a distance: every call that reads a person, and of the access log, takes as long as the way there and back. */
export function atADistance(request: { connector: ConnectorV1; roundTripInMs: number }): { connector: ConnectorV1; calls: DistantCalls } {
  const { connector, roundTripInMs } = request;
  const calls: DistantCalls = { reads: 0, records: 0 };
  const travel: Travel = async (kind, work) => {
    calls[kind] += 1;
    await wait(roundTripInMs);
    return work();
  };
  const { consent, consentHistory, custody, overview, profiles } = connector;
  return {
    calls,
    connector: {
      ...connector,
      consent: { ...consent, listStates: (parameters) => travel("reads", () => consent.listStates(parameters)) },
      profiles: {
        get: (parameters) => travel("reads", () => profiles.get(parameters)),
        find: (parameters) => travel("reads", () => profiles.find(parameters)),
      },
      overview: overview === undefined ? undefined : { read: (parameters) => travel("reads", () => overview.read(parameters)) },
      consentHistory: consentHistory === undefined ? undefined : historyAtADistance({ consentHistory, travel }),
      custody: custody === undefined ? undefined : custodyAtADistance({ custody, travel }),
    },
  };
}

function historyAtADistance(request: { consentHistory: ConsentHistoryFacetV1; travel: Travel }): ConsentHistoryFacetV1 {
  const { consentHistory, travel } = request;
  return {
    ...consentHistory,
    listDecisions: async function* (parameters) {
      yield* await travel("reads", async () => consentHistory.listDecisions(parameters));
    },
  };
}

function custodyAtADistance(request: { custody: CustodyFacetV1; travel: Travel }): CustodyFacetV1 {
  const { custody, travel } = request;
  return {
    ...custody,
    listHolds: (parameters) => travel("reads", () => custody.listHolds(parameters)),
    listMerged: (parameters) => travel("reads", () => custody.listMerged(parameters)),
    getRestriction: (parameters) => travel("reads", () => custody.getRestriction(parameters)),
    recordAccesses: (parameters) => travel("records", () => custody.recordAccesses(parameters)),
  };
}
