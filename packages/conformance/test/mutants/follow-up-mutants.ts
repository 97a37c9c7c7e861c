import type { ConnectorV1, FollowUpsFacetV1 } from "@volenti/core/adapter";
import type { Mutant } from "./mutant.ts";

const HELD = ["follow-ups/held-by-one"];
const LEASE = ["follow-ups/until-the-lease-ends"];
const FAR_IN_MS = 10 * 365 * 86_400_000;

function withFollowUps(change: (facet: FollowUpsFacetV1) => Partial<FollowUpsFacetV1>): Mutant["mutate"] {
  return ({ connector }) => (connector.followUps === undefined ? connector : { ...connector, followUps: { ...connector.followUps, ...change(connector.followUps) } });
}

/** Work for later that is lost, done twice, or done by those who may not. */
export const FOLLOW_UP_MUTANTS: readonly Mutant[] = [
  { name: "gives a follow-up to everybody who claims it", mutate: withFollowUps(({ claim }) => ({ claim: (request) => claim({ ...request, durationInMs: 0 }) })), caughtBy: HELD },
  { name: "gives more follow-ups than were asked for", mutate: withFollowUps(({ claim }) => ({ claim: (request) => claim({ ...request, limit: 100 }) })), caughtBy: HELD },
  { name: "gives the follow-ups of one destination to another", mutate: withFollowUps(({ plan, claim }) => ({ plan: (request) => plan({ ...request, destinationId: "all" }), claim: (request) => claim({ ...request, destinationId: "all" }) })), caughtBy: HELD },
  { name: "never removes a follow-up that is finished", mutate: withFollowUps(({ plan }) => ({ finish: (request) => plan({ ...request, delayInMs: 0, followUps: [] }) })), caughtBy: LEASE },
  { name: "forgets what a follow-up needs", mutate: withFollowUps(({ claim }) => ({ claim: async (request) => (await claim(request)).map((each) => ({ ...each, document: null })) })), caughtBy: [...HELD, ...LEASE] },
  { name: "gives a follow-up before it is due", mutate: withFollowUps(({ plan }) => ({ plan: (request) => plan({ ...request, delayInMs: 0 }) })), caughtBy: LEASE },
  { name: "never ends the lease of a follow-up", mutate: withFollowUps(({ claim }) => ({ claim: (request) => claim({ ...request, durationInMs: FAR_IN_MS }) })), caughtBy: LEASE },
  {
    name: "lets anybody finish a follow-up",
    mutate: (parts) =>
      withFollowUps(() => ({
        finish: async ({ destinationId, followUpIds }) => {
          const { followUps } = parts.system.records;
          for (const [key, row] of followUps) if (row.destinationId === destinationId && followUpIds.includes(row.followUp.followUpId)) followUps.delete(key);
        },
      }))(parts),
    caughtBy: LEASE,
  },
  {
    name: "keeps the first of two follow-ups with one id",
    mutate: (parts) =>
      withFollowUps(({ plan }) => ({
        plan: (request) => {
          const known = new Set([...parts.system.records.followUps.values()].map(({ followUp }) => followUp.followUpId));
          return plan({ ...request, followUps: request.followUps.filter(({ followUpId }) => !known.has(followUpId)) });
        },
      }))(parts),
    caughtBy: LEASE,
  },
  {
    name: "keeps the follow-ups of somebody who was erased",
    mutate: ({ connector, system }): ConnectorV1 => {
      const { erasure } = connector;
      if (erasure === undefined) return connector;
      return {
        ...connector,
        erasure: {
          ...erasure,
          erase: async (request) => {
            const before = [...system.records.followUps];
            const outcomes = await erasure.erase(request);
            for (const [key, row] of before) system.records.followUps.set(key, row);
            return outcomes;
          },
        },
      };
    },
    caughtBy: ["follow-ups/erased-with-the-person"],
  },
];
