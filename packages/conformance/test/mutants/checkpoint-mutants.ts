import type { CheckpointsFacetV1 } from "@volenti/core/adapter";
import { pause, type Mutant, type MutantParts } from "./mutant.ts";

const PLACES = ["checkpoints/places-without-a-gap"];
const CHAIN = ["checkpoints/one-behind-another"];

function withCheckpoints(change: (facet: CheckpointsFacetV1, parts: MutantParts) => Partial<CheckpointsFacetV1>): Mutant["mutate"] {
  return (parts) => {
    const { connector } = parts;
    return connector.checkpoints === undefined ? connector : { ...connector, checkpoints: { ...connector.checkpoints, ...change(connector.checkpoints, parts) } };
  };
}

/** Logs with a hole, a place too many or another order, and checkpoints that were never kept, or kept beside another. */
export const CHECKPOINT_MUTANTS: readonly Mutant[] = [
  { name: "appends more than the limit to the log", mutate: withCheckpoints(({ appendToLog }) => ({ appendToLog: () => appendToLog({ limit: 10_000 }) })), caughtBy: PLACES },
  { name: "lists the whole log, whatever part is asked for", mutate: withCheckpoints(({ listLog }) => ({ listLog: () => listLog({ from: 0 }) })), caughtBy: PLACES },
  { name: "counts the places of a part from nought", mutate: withCheckpoints(({ listLog }) => ({ async *listLog(request) { let index = 0; for await (const entry of listLog(request)) yield { ...entry, index: index++ }; } })), caughtBy: PLACES },
  { name: "says that the rows of the log are gone", mutate: withCheckpoints(({ listLog }) => ({ async *listLog(request) { for await (const entry of listLog(request)) yield { ...entry, rowHash: null }; } })), caughtBy: PLACES },
  { name: "finds a place for a decision that has none", mutate: withCheckpoints(({ findInLog }) => ({ findInLog: async (request) => (await findInLog(request)) ?? 0 })), caughtBy: PLACES },
  {
    name: "gives places in another order than that of recording",
    mutate: withCheckpoints(({ appendToLog }, { system: { records } }) => ({
      appendToLog: async (request) => {
        const from = records.log.length;
        const answer = await appendToLog(request);
        records.log.push(...records.log.splice(from).toReversed());
        return answer;
      },
    })),
    caughtBy: PLACES,
  },
  {
    name: "gives places to the decisions of test people",
    mutate: withCheckpoints(({ appendToLog }, { system: { records } }) => ({
      appendToLog: async (request) => {
        const { appended } = await appendToLog(request);
        const known = new Set(records.log.map(({ decisionId }) => decisionId));
        records.log.push(...[...records.decisionsById.values()].filter(({ decisionId }) => appended === 0 && !known.has(decisionId)));
        return { appended, size: records.log.length };
      },
    })),
    caughtBy: PLACES,
  },
  {
    name: "looks what has no place yet, and only then gives it one",
    mutate: withCheckpoints((_, { system: { records } }) => ({
      appendToLog: async ({ limit }) => {
        const known = new Set(records.log.map(({ decisionId }) => decisionId));
        const next = [...records.decisionsById.values()].filter(({ decisionId }) => !known.has(decisionId)).slice(0, limit);
        await pause();
        records.log.push(...next);
        return { appended: next.length, size: records.log.length };
      },
    })),
    caughtBy: ["checkpoints/appended-at-once"],
  },
  { name: "keeps a checkpoint, whichever stands last", mutate: withCheckpoints(({ saveCheckpoint, findCheckpoint }) => ({ saveCheckpoint: async ({ checkpoint }) => saveCheckpoint({ checkpoint, previousSize: (await findCheckpoint({}))?.size ?? null }) })), caughtBy: CHAIN },
  { name: "says that it kept a checkpoint, and keeps none", mutate: withCheckpoints(() => ({ saveCheckpoint: async () => "saved" })), caughtBy: CHAIN },
  { name: "finds the last checkpoint, up to whatever size", mutate: withCheckpoints(({ findCheckpoint }) => ({ findCheckpoint: () => findCheckpoint({}) })), caughtBy: CHAIN },
  { name: "lists no checkpoint but the last", mutate: withCheckpoints(({ findCheckpoint }) => ({ async *listCheckpoints() { const last = await findCheckpoint({}); if (last !== null) yield last; } })), caughtBy: CHAIN },
];
