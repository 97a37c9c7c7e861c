import { consentKey, type WriteOutcomeV1 } from "@volenti/core/adapter";
import { withOutcomes, withWrite, type Mutant } from "./mutant.ts";

export const REPLAY_MUTANTS: readonly Mutant[] = [
  {
    name: "adds a row for every replay",
    mutate: ({ connector, system }) =>
      withWrite({
        connector,
        write: async (batch, original) => {
          const outcomes = await original(batch);
          for (const outcome of outcomes) {
            for (const { decisionId } of outcome.status === "written" ? outcome.decisions.filter((each) => each.outcome === "unchanged") : []) {
              const row = system.records.decisionsById.get(decisionId);
              if (row !== undefined) system.records.decisions.get(row.subjectRef)?.push(row);
            }
          }
          return outcomes;
        },
      }),
    caughtBy: ["replay/by-another-connector", "replay/the-same-item-again", "replay/under-another-write-id"],
  },
  {
    name: "says applied on a replay",
    mutate: ({ connector }) =>
      withOutcomes({
        connector,
        change: (outcome) => (outcome.status === "written" ? { ...outcome, decisions: outcome.decisions.map((each) => ({ ...each, outcome: "applied" })) } : outcome),
      }),
    caughtBy: ["replay/by-another-connector", "replay/of-a-superseded-decision", "replay/under-another-write-id"],
  },
  {
    name: "says unchanged for a new decision",
    mutate: ({ connector }) =>
      withOutcomes({
        connector,
        change: (outcome) => (outcome.status === "written" ? { ...outcome, decisions: outcome.decisions.map((each) => ({ ...each, outcome: "unchanged" })) } : outcome),
      }),
    caughtBy: ["consent-read/declared-statuses-come-back", "consent-write/outcomes-follow-decisions", "lifecycle/others-stay-open"],
  },
  {
    name: "says that a replayed profile was applied",
    mutate: ({ connector }) =>
      withOutcomes({
        connector,
        change: (outcome) =>
          outcome.status === "written" && outcome.profile !== undefined
            ? { ...outcome, profile: Object.fromEntries(Object.keys(outcome.profile).map((name) => [name, "applied" as const])) }
            : outcome,
      }),
    caughtBy: ["profile-patch/cleared-stays-cleared", "profile-patch/older-never-overwrites", "replay/by-another-connector"],
  },
  {
    name: "recognises items by write id only",
    mutate: ({ connector }) => {
      const seen = new Set<string>();
      return withWrite({
        connector,
        write: async (batch, original) => {
          const outcomes = await original(batch);
          const told = outcomes.map((outcome): WriteOutcomeV1 =>
            outcome.status === "written" && !seen.has(outcome.writeId) ? { ...outcome, decisions: outcome.decisions.map((each) => ({ ...each, outcome: "applied" })) } : outcome,
          );
          for (const { writeId } of batch.items) seen.add(writeId);
          return told;
        },
      });
    },
    caughtBy: ["consent-write/older-decision-is-superseded", "replay/by-another-connector", "replay/under-another-write-id"],
  },
  {
    name: "remembers replays in the connector, not in the system",
    mutate: ({ connector }) => {
      const seen = new Set<string>();
      return withOutcomes({
        connector,
        change: (outcome) => {
          if (outcome.status !== "written") return outcome;
          return {
            ...outcome,
            decisions: outcome.decisions.map((each) => {
              const isSeen = seen.has(each.decisionId);
              seen.add(each.decisionId);
              return isSeen || each.outcome === "superseded" ? each : { ...each, outcome: "applied" };
            }),
          };
        },
      });
    },
    caughtBy: ["errors/lost-answer-is-unknown", "races/one-item-at-once", "replay/by-another-connector"],
  },
  {
    name: "a replay of what was superseded brings it back",
    mutate: ({ connector, system }) =>
      withWrite({
        connector,
        write: async (batch, original) => {
          const replayed = batch.items.filter(({ decisions }) => decisions.length > 0 && decisions.every(({ record }) => system.records.decisionsById.has(record.id)));
          const outcomes = await original(batch);
          for (const { subject, states } of replayed) {
            const person = system.records.people.get(subject.ref);
            if (person !== undefined) system.records.people.set(subject.ref, { ...person, states: new Map([...person.states, ...states.map((state) => [consentKey(state), state] as const)]) });
          }
          return outcomes;
        },
      }),
    caughtBy: ["replay/of-a-superseded-decision"],
  },
];
