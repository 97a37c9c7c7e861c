import { compareConsentStates, consentKey, ConnectorError, type SealedDecision } from "@volenti/core/adapter";
import { pause, withItems, withOutcomes, withWrite, type Mutant } from "./mutant.ts";

export const WRITE_MUTANTS: readonly Mutant[] = [
  { name: "answers outcomes in reverse", mutate: ({ connector }) => withWrite({ connector, write: async (batch, original) => (await original(batch)).toReversed() }), caughtBy: ["batch/a-refused-person-sinks-no-neighbour", "batch/outcomes-in-order", "existing-only/mixed-batch"] },
  {
    name: "answers outcomes ordered by subject, as its rows come",
    mutate: ({ connector }) =>
      withWrite({
        connector,
        write: async (batch, original) => {
          const sorted = batch.items.toSorted((left, right) => (left.subject.ref < right.subject.ref ? -1 : 1));
          return original({ ...batch, items: sorted });
        },
      }),
    caughtBy: ["batch/outcomes-in-order"],
  },
  {
    name: "drops the last item of a batch and says that it was written",
    mutate: ({ connector }) =>
      withWrite({
        connector,
        write: async (batch, original) => {
          const last = batch.items.at(-1);
          if (last === undefined || batch.items.length < 2) return original(batch);
          const decisions = last.decisions.map(({ record }) => ({ decisionId: record.id, outcome: "applied" as const }));
          return [...(await original({ ...batch, items: batch.items.slice(0, -1) })), { writeId: last.writeId, status: "written", decisions }];
        },
      }),
    caughtBy: ["batch/a-refused-person-sinks-no-neighbour", "batch/of-the-declared-size", "consent-write/people-stay-apart"],
  },
  { name: "answers one outcome too few", mutate: ({ connector }) => withWrite({ connector, write: async (batch, original) => (await original(batch)).slice(0, -1) }), caughtBy: ["batch/several-heads", "consent-read/unknown-person-is-null", "erasure/others-are-untouched"] },
  {
    name: "an empty batch is an error",
    mutate: ({ connector }) =>
      withWrite({
        connector,
        write: async (batch, original) => {
          if (batch.items.length > 0) return original(batch);
          throw new ConnectorError({ code: "invalidInput", connectorId: "memory", operation: "intake.write" });
        },
      }),
    caughtBy: ["batch/empty"],
  },
  {
    name: "one bad item fails the batch",
    mutate: ({ connector }) =>
      withWrite({
        connector,
        write: async (batch, original) => {
          const outcomes = await original(batch);
          const failed = outcomes.find(({ status }) => status === "failed");
          if (failed?.status === "failed") throw failed.error;
          return outcomes;
        },
      }),
    caughtBy: ["batch/a-hard-value-sinks-no-neighbour", "batch/a-refused-person-sinks-no-neighbour"],
  },
  {
    name: "says written for an item that was refused",
    mutate: ({ connector }) =>
      withOutcomes({
        connector,
        change: (outcome, item) =>
          outcome.status === "failed"
            ? { writeId: outcome.writeId, status: "written", decisions: (item?.decisions ?? []).map(({ record }) => ({ decisionId: record.id, outcome: "applied" })) }
            : outcome,
      }),
    caughtBy: ["batch/a-refused-person-sinks-no-neighbour"],
  },
  {
    name: "claims a batch of 500 and takes 200",
    mutate: ({ connector }) =>
      withWrite({
        connector,
        write: async (batch, original) => {
          if (batch.items.length <= 200) return original(batch);
          throw new ConnectorError({ code: "invalidInput", connectorId: "memory", operation: "intake.write" });
        },
      }),
    caughtBy: ["batch/of-the-declared-size"],
  },
  {
    name: "claims a batch of 500 and cuts what is beyond 200",
    mutate: ({ connector }) =>
      withWrite({
        connector,
        write: async (batch, original) => {
          const written = await original({ ...batch, items: batch.items.slice(0, 200) });
          return [...written, ...batch.items.slice(200).map(({ writeId, decisions }) => ({ writeId, status: "written" as const, decisions: decisions.map(({ record }) => ({ decisionId: record.id, outcome: "applied" as const })) }))];
        },
      }),
    caughtBy: ["batch/of-the-declared-size"],
  },
  {
    name: "takes one head a batch",
    mutate: ({ connector }) =>
      withWrite({
        connector,
        write: async (batch, original) => {
          if (batch.heads.length <= 1) return original(batch);
          throw new ConnectorError({ code: "invalidInput", connectorId: "memory", operation: "intake.write" });
        },
      }),
    caughtBy: ["batch/several-heads"],
  },
  {
    name: "sorts what it was given in place",
    mutate: ({ connector }) =>
      withItems({
        connector,
        change: (item) => {
          (item.decisions as SealedDecision[]).sort((left, right) => left.effectiveAt - right.effectiveAt);
          return item;
        },
      }),
    caughtBy: ["erasure/others-are-untouched", "history/is-listed-to-the-end", "history/of-a-stranger-is-empty"],
  },
  {
    name: "loses the profile of every item beyond a hundred",
    mutate: ({ connector }) =>
      withWrite({ connector, write: (batch, original) => original({ ...batch, items: batch.items.map((item, index) => (index < 100 || item.profile === undefined ? item : { ...item, profile: {} })) }) }),
    caughtBy: ["batch/of-the-declared-size"],
  },
  {
    name: "claims atServer, and reads then writes",
    mutate: ({ connector, system }) =>
      withWrite({
        connector,
        write: async (batch, original) => {
          const seen = new Map(batch.items.map(({ subject }) => [subject.ref, system.records.people.get(subject.ref)]));
          await pause();
          const outcomes = await original(batch);
          for (const { subject, states, profile } of batch.items) {
            const [before, after] = [seen.get(subject.ref), system.records.people.get(subject.ref)];
            if (after === undefined) continue;
            const next = new Map(before?.states);
            for (const state of states) {
              const stood = next.get(consentKey(state));
              if (stood === undefined || compareConsentStates(state, stood) > 0) next.set(consentKey(state), state);
            }
            const attributes = new Map(before?.attributes);
            for (const [name, change] of Object.entries(profile ?? {})) {
              if ((attributes.get(name)?.changedAt ?? 0) <= change.changedAt) attributes.set(name, change);
            }
            system.records.people.set(subject.ref, { ...after, states: next, attributes });
          }
          return outcomes;
        },
      }),
    caughtBy: ["profile-patch/ties-go-to-the-greater-submission", "races/writers-of-one-attribute", "races/writers-of-one-key"],
  },
  {
    name: "looks for a replay first and writes then",
    mutate: ({ connector, system }) =>
      withWrite({
        connector,
        write: async (batch, original) => {
          const isNew = new Map(batch.items.flatMap(({ decisions }) => decisions.map(({ record }) => [record.id, !system.records.decisionsById.has(record.id)])));
          await pause();
          const outcomes = await original(batch);
          return outcomes.map((outcome) =>
            outcome.status === "written"
              ? { ...outcome, decisions: outcome.decisions.map((each) => (each.outcome === "unchanged" && isNew.get(each.decisionId) === true ? { ...each, outcome: "applied" as const } : each)) }
              : outcome,
          );
        },
      }),
    caughtBy: ["races/one-item-at-once"],
  },
  {
    name: "loses decisions that arrive at once",
    mutate: ({ connector, system }) =>
      withWrite({
        connector,
        write: async (batch, original) => {
          const seen = new Map(batch.items.map(({ subject }) => [subject.ref, [...(system.records.decisions.get(subject.ref) ?? [])]]));
          const outcomes = await original(batch);
          await pause();
          for (const { subject, decisions } of batch.items) {
            const own = decisions.flatMap(({ record }) => system.records.decisionsById.get(record.id) ?? []);
            system.records.decisions.set(subject.ref, [...new Set([...(seen.get(subject.ref) ?? []), ...own])]);
          }
          return outcomes;
        },
      }),
    caughtBy: ["races/writers-lose-no-decision"],
  },
  {
    name: "mixes people up under load",
    mutate: ({ connector, system }) => {
      let underWay = 0;
      return withWrite({
        connector,
        write: async (batch, original) => {
          underWay += 1;
          const isBusy = underWay > 10;
          await pause();
          const outcomes = await original(isBusy ? { ...batch, items: batch.items.map((item) => ({ ...item, states: [], profile: {} })) } : batch);
          underWay -= 1;
          return system === undefined ? [] : outcomes;
        },
      });
    },
    caughtBy: ["races/people-do-not-mix"],
  },
];
