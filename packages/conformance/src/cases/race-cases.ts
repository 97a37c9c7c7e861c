import { foldConsentStates, type WriteOutcomeV1 } from "@volenti/core/adapter";
import { ensure, ensureEqual } from "../assertions/ensure.ts";
import { ensureStates } from "../assertions/ensure-state.ts";
import type { ConformanceCase, SkipSubject } from "../conformance-case.ts";
import { areTied } from "../world/allowed-states.ts";
import { ascendingIds } from "../world/random.ts";
import { toStates } from "../world/to-states.ts";

const ROUNDS = 5;
const WRITERS = 6;

function isNotGuardedAtServer({ traits }: SkipSubject): string | undefined {
  return traits.staleWriteGuard === "atServer" ? undefined : `trait staleWriteGuard: ${traits.staleWriteGuard}`;
}

export const RACE_CASES: readonly ConformanceCase[] = [
  {
    id: "races/writers-of-one-key",
    title: "two processes that write one key at once leave the greatest decision",
    skip: isNotGuardedAtServer,
    run: async ({ connector, connect, person, seal, send, toItem, at, catalogue, traits, eventually }) => {
      const other = await connect();
      for (let round = 0; round < ROUNDS; round += 1) {
        const someone = await person();
        const statuses = ["given", "refused", "renewed", "withdrawn", "given", "expired"] as const;
        const drafts = statuses.map((status, index) => ({ person: someone, status, at: at((index * 7 + round) % 4) }));
        const { decisions, head } = await seal(drafts);
        await Promise.all(
          decisions.map((decision, index) =>
            send({
              items: [toItem({ person: someone, decisions: [decision] })],
              heads: [head],
              connector: index % 2 === 0 ? connector : other,
            }),
          ),
        );
        const states = decisions.flatMap((decision) => toStates({ decision, catalogue }));
        await eventually(async () => {
          const actual = await connector.consent.listStates({ subjectRef: someone.ref });
          const expected = [...foldConsentStates(states).values()].map((greatest) => {
            // Of those that arrive at once any may be the first.
            const tied = traits.decisionTies === "keepsFirstGrant" ? states.filter((state) => areTied(state, greatest)) : [];
            return tied.find(({ decisionId }) => decisionId === actual[0]?.decisionId) ?? greatest;
          });
          ensureStates({ actual, expected, traits, what: `what stands after round ${round}` });
        });
      }
    },
  },
  {
    id: "races/one-item-at-once",
    title: "one item that two processes write at once is applied once",
    skip: (subject) =>
      isNotGuardedAtServer(subject) ??
      (subject.traits.idempotency === "byDecisionId" ? undefined : `trait idempotency: ${subject.traits.idempotency}`),
    run: async ({ connector, connect, person, seal, send, toItem, at, probe, traits }) => {
      const other = await connect();
      for (let round = 0; round < ROUNDS; round += 1) {
        const someone = await person();
        const { decisions, head } = await seal([{ person: someone, status: "given", at: at(round) }]);
        const item = toItem({ person: someone, decisions });
        const outcomes = await Promise.all(
          Array.from({ length: WRITERS }, (_, index) =>
            send({ items: [item], heads: [head], connector: index % 2 === 0 ? connector : other }),
          ),
        );
        const results = outcomes.flat().map(resultOf);
        ensureEqual({ actual: results.filter((result) => result === "applied").length, expected: 1, what: "how often it was applied" });
        ensureEqual({
          actual: results.filter((result) => result === "unchanged").length,
          expected: WRITERS - 1,
          what: "how often it was unchanged",
        });
        const rows = await probe.listDecisions({ subjectRef: someone.ref });
        if (traits.historyDepth === "everyDecision") ensureEqual({ actual: rows.length, expected: 1, what: "the number of rows" });
      }
    },
  },
  {
    id: "races/writers-lose-no-decision",
    title: "decisions of one person that arrive at once are all kept",
    skip: ({ traits }) => (traits.historyDepth === "latestOnly" ? "trait historyDepth: latestOnly" : undefined),
    run: async ({ connector, connect, person, seal, send, toItem, at, probe }) => {
      const other = await connect();
      const someone = await person();
      const ids = ascendingIds(WRITERS * 2);
      const { decisions, head } = await seal(ids.map((id, index) => ({ person: someone, status: "given", at: at(index), id })));
      await Promise.all(
        decisions.map((decision, index) =>
          send({
            items: [toItem({ person: someone, decisions: [decision] })],
            heads: [head],
            connector: index % 2 === 0 ? connector : other,
          }),
        ),
      );
      const rows = await probe.listDecisions({ subjectRef: someone.ref });
      ensureEqual({ actual: rows.map(({ decisionId }) => decisionId).toSorted(), expected: ids, what: "the rows" });
    },
  },
  {
    id: "races/writers-of-one-attribute",
    title: "two processes that write one attribute at once leave the latest value",
    skip: ({ traits }) =>
      traits.profileStaleGuard === "atServer" ? undefined : `trait profileStaleGuard: ${traits.profileStaleGuard}`,
    run: async ({ connector, connect, person, send, toItem, at, probe, eventually }) => {
      const other = await connect();
      for (let round = 0; round < ROUNDS; round += 1) {
        const someone = await person();
        const values = ["Ada", "Bea", "Cleo", "Dora", "Eva", "Flora"];
        await Promise.all(
          values.map((value, index) => {
            const change = { value, changedAt: at((index * 5) % 6), submissionId: globalThis.crypto.randomUUID() };
            const item = toItem({ person: someone, profile: { givenName: change } });
            return send({ items: [item], connector: index % 2 === 0 ? connector : other });
          }),
        );
        await eventually(async () => {
          const { givenName } = await probe.readAttributes({ subjectRef: someone.ref });
          ensureEqual({ actual: givenName, expected: "Bea", what: "the attribute that stands" });
        });
      }
    },
  },
  {
    id: "races/people-do-not-mix",
    title: "writes of many people at once land with their own people",
    run: async ({ connector, people, seal, send, toItem, at, probe, eventually, traits }) => {
      const crowd = await people(20);
      const { decisions, head } = await seal(crowd.map((person) => ({ person, status: "given", at: at(0) })));
      const outcomes = await Promise.all(
        crowd.map((person, index) => {
          const change = { value: `Name ${index}`, changedAt: at(0), submissionId: globalThis.crypto.randomUUID() };
          const item = toItem({ person, decisions: decisions.slice(index, index + 1), profile: { familyName: change } });
          return send({ items: [item], heads: [head] });
        }),
      );
      ensure({ that: outcomes.flat().every((outcome) => resultOf(outcome) === "applied"), otherwise: "a write of the crowd was not applied" });
      await eventually(async () => {
        for (const [index, { ref: subjectRef }] of crowd.entries()) {
          const { familyName } = await probe.readAttributes({ subjectRef });
          ensureEqual({ actual: familyName, expected: `Name ${index}`, what: "the family name" });
          const states = await connector.consent.listStates({ subjectRef });
          ensureEqual({ actual: states.map(({ decisionId }) => decisionId), expected: [decisions[index]?.record.id], what: "what stands" });
        }
        ensure({ that: traits.maxBatchSize >= 1, otherwise: "maxBatchSize is below 1" });
      });
    },
  },
];

function resultOf(outcome: WriteOutcomeV1): string | undefined {
  return outcome.status === "written" ? outcome.decisions[0]?.outcome : outcome.status;
}
