import type { CheckpointsFacetV1, ConnectorV1, SealedDecision, StoredCheckpointV1 } from "@volenti/core/adapter";
import { ensure, ensureEqual, ensurePresent } from "../assertions/ensure.ts";
import type { ConformanceCase } from "../conformance-case.ts";
import type { CaseContext } from "../run/case-context.ts";
import type { Person } from "../world/person.ts";
import { collect } from "./custody.ts";

const MANY = 10_000;

export const CHECKPOINT_CASES: readonly ConformanceCase[] = [
  {
    id: "checkpoints/places-without-a-gap",
    title: "decisions are given places in the order of their recording, once and without a gap, no more at a time than the limit; those of test people none",
    facet: "checkpoints",
    run: async (context) => {
      const { person } = context;
      const facet = checkpointsOf(context.connector);
      const [one, other, test] = [await person(), await person(), await person({ test: true })];
      // What other cases recorded has its place before.
      await give(context, one);
      await appendAll({ facet, limit: MANY });
      const recorded = [await give(context, one), await give(context, other), await give(context, one)];
      const ofTest = await give(context, test);
      const size = await appendAll({ facet, limit: 2 });
      ensureEqual({ actual: await facet.appendToLog({ limit: 2 }), expected: { appended: 0, size }, what: "what is appended when nothing is left" });
      const entries = await collect(facet.listLog({ from: 0 }));
      ensureEqual({ actual: entries.map(({ index }) => index), expected: Array.from({ length: size }, (_, index) => index), what: "the places" });
      const own = new Set(recorded.map(({ record }) => record.id));
      ensureEqual({
        actual: entries.filter(({ decisionId }) => own.has(decisionId)).map(({ decisionId, hash, rowHash }) => ({ decisionId, hash, rowHash })),
        expected: recorded.map(({ record, hash }) => ({ decisionId: record.id, hash, rowHash: hash })),
        what: "the decisions in the order of their recording",
      });
      for (const { index, decisionId } of entries.filter((entry) => own.has(entry.decisionId))) {
        ensureEqual({ actual: await facet.findInLog({ decisionId }), expected: index, what: "where a decision is found" });
      }
      for (const decisionId of [ofTest.record.id, globalThis.crypto.randomUUID()]) {
        ensureEqual({ actual: await facet.findInLog({ decisionId }), expected: null, what: "where a decision is found that has no place" });
      }
      const part = await collect(facet.listLog({ from: size - 3, until: size - 1 }));
      ensureEqual({ actual: part, expected: entries.slice(size - 3, size - 1), what: "a part of the log" });
    },
  },
  {
    id: "checkpoints/appended-at-once",
    title: "two processes that append at once give every decision one place, and every place one decision",
    facet: "checkpoints",
    run: async (context) => {
      const facets = [checkpointsOf(context.connector), checkpointsOf(await context.connect())];
      await appendAll({ facet: checkpointsOf(context.connector), limit: MANY });
      const recorded = [];
      for (const someone of await context.people(6)) recorded.push(await give(context, someone));
      await Promise.all([...facets, ...facets].map((facet) => facet.appendToLog({ limit: 3 })));
      const size = await appendAll({ facet: checkpointsOf(context.connector), limit: MANY });
      const entries = await collect(checkpointsOf(context.connector).listLog({ from: 0 }));
      ensureEqual({ actual: entries.map(({ index }) => index), expected: Array.from({ length: size }, (_, index) => index), what: "the places" });
      const own = new Set(recorded.map(({ record }) => record.id));
      ensureEqual({
        actual: entries.flatMap(({ decisionId }) => (own.has(decisionId) ? [decisionId] : [])).toSorted(),
        expected: [...own].toSorted(),
        what: "the decisions that have a place",
      });
    },
  },
  {
    id: "checkpoints/one-behind-another",
    title: "of two checkpoints that are kept at once behind the same one, one is kept and the other refused; the last is found, and the last up to a size",
    facet: "checkpoints",
    run: async (context) => {
      const facets = [checkpointsOf(context.connector), checkpointsOf(await context.connect())];
      const [facet] = facets as [CheckpointsFacetV1];
      for (const someone of await context.people(3)) await give(context, someone);
      const size = await appendAll({ facet, limit: MANY });
      const before = await facet.findCheckpoint({});
      const previousSize = before?.size ?? null;
      const wanted = facets.map((_, index) => toCheckpoint({ size: size - 1, mark: index }));
      const answers = await Promise.all(facets.map((each, index) => each.saveCheckpoint({ checkpoint: wanted[index] as StoredCheckpointV1, previousSize })));
      ensureEqual({ actual: answers.toSorted(), expected: ["conflict", "saved"], what: "the answers to two who keep a checkpoint at once" });
      const kept = wanted[answers.indexOf("saved")];
      ensureEqual({ actual: await facet.findCheckpoint({}), expected: kept, what: "the last checkpoint" });
      const next = toCheckpoint({ size, mark: 2 });
      for (const stale of [previousSize, size]) {
        ensureEqual({ actual: await facet.saveCheckpoint({ checkpoint: next, previousSize: stale }), expected: "conflict", what: "the answer to one behind another than the last" });
      }
      ensureEqual({ actual: await facet.saveCheckpoint({ checkpoint: next, previousSize: size - 1 }), expected: "saved", what: "the answer to one behind the last" });
      ensureEqual({ actual: await facet.findCheckpoint({ atMost: size - 1 }), expected: kept, what: "the last checkpoint up to a size" });
      ensureEqual({ actual: await facet.findCheckpoint({ atMost: size - 2 }), expected: before, what: "the one before" });
      const sizes = (await collect(facet.listCheckpoints())).map((checkpoint) => checkpoint.size);
      ensureEqual({ actual: sizes, expected: [...new Set(sizes)].toSorted((left, right) => left - right), what: "the order of the checkpoints" });
      ensureEqual({ actual: (await collect(facet.listCheckpoints())).slice(-2), expected: [kept, next], what: "the last two of all" });
    },
  },
];

function checkpointsOf(connector: ConnectorV1): CheckpointsFacetV1 {
  return ensurePresent({ value: connector.checkpoints, what: "the facet checkpoints" });
}

async function give(context: CaseContext, person: Person): Promise<SealedDecision> {
  const { item } = await context.record({ person, decisions: [{ status: "given", at: context.at(0) }] });
  return ensurePresent({ value: item.decisions[0], what: "the decision" });
}

/** Until nothing is left; answers how many places there are. */
async function appendAll(request: { facet: CheckpointsFacetV1; limit: number }): Promise<number> {
  const { facet, limit } = request;
  for (;;) {
    const { appended, size } = await facet.appendToLog({ limit });
    ensure({ that: appended <= limit, otherwise: "more was appended than the limit" });
    if (appended === 0) return size;
  }
}

/** What it says is none of the ledger's business: it is kept as it is. */
function toCheckpoint(request: { size: number; mark: number }): StoredCheckpointV1 {
  const root = `${request.mark}a`.repeat(32);
  return { size: request.size, root, jws: `header.${request.mark}.signature`, peaks: root };
}
