import { isStanding } from "@volenti/core/adapter";
import { mapStates, withItems, withOutcomes, withWrite, type Mutant } from "./mutant.ts";

export const DECISION_MUTANTS: readonly Mutant[] = [
  {
    name: "loses neutral decisions",
    mutate: ({ connector, system }) =>
      withWrite({
        connector,
        write: async (batch, original) => {
          const outcomes = await original(batch);
          for (const { record } of batch.items.flatMap(({ decisions }) => decisions)) {
            if (isStanding(record.status)) continue;
            const rows = system.records.decisions.get(record.subject) ?? [];
            system.records.decisions.set(record.subject, rows.filter(({ decisionId }) => decisionId !== record.id));
          }
          return outcomes;
        },
      }),
    caughtBy: ["consent-write/every-decision-is-kept", "history/word-for-word-in-order"],
  },
  {
    name: "keeps no decision that lost",
    mutate: ({ connector, system }) =>
      withWrite({
        connector,
        write: async (batch, original) => {
          const outcomes = await original(batch);
          for (const outcome of outcomes) {
            if (outcome.status !== "written") continue;
            for (const { decisionId } of outcome.decisions.filter((each) => each.outcome === "superseded")) {
              for (const [ref, rows] of system.records.decisions) {
                if (rows.some((row) => row.decisionId === decisionId)) system.records.decisions.set(ref, rows.filter((row) => row.decisionId !== decisionId));
              }
            }
          }
          return outcomes;
        },
      }),
    caughtBy: ["consent-write/every-decision-is-kept", "history/chain-is-unbroken", "history/word-for-word-in-order", "replay/in-between-in-every-order"],
  },
  {
    name: "takes at most fifty decisions of an item",
    mutate: ({ connector, system }) =>
      withWrite({
        connector,
        write: async (batch, original) => {
          const outcomes = await original(batch);
          for (const { subject } of batch.items) system.records.decisions.set(subject.ref, (system.records.decisions.get(subject.ref) ?? []).slice(0, 50));
          return outcomes;
        },
      }),
    caughtBy: ["consent-write/lost-decision-of-many"],
  },
  {
    name: "answers superseded decisions as applied",
    mutate: ({ connector }) =>
      withOutcomes({
        connector,
        change: (outcome) =>
          outcome.status === "written"
            ? { ...outcome, decisions: outcome.decisions.map((each) => (each.outcome === "superseded" ? { ...each, outcome: "applied" } : each)) }
            : outcome,
      }),
    caughtBy: ["consent-write/older-decision-is-superseded"],
  },
  {
    name: "of two decisions of a key in an item, answers the lesser as superseded",
    mutate: ({ connector }) =>
      withOutcomes({
        connector,
        change: (outcome, item) => {
          if (outcome.status !== "written") return outcome;
          const standing = new Set(item?.states.map(({ decisionId }) => decisionId));
          const grants = new Set(item?.decisions.filter(({ record }) => isStanding(record.status)).map(({ record }) => record.id));
          return {
            ...outcome,
            decisions: outcome.decisions.map((each) => (grants.has(each.decisionId) && !standing.has(each.decisionId) ? { ...each, outcome: "superseded" } : each)),
          };
        },
      }),
    caughtBy: ["consent-write/one-key-twice-in-an-item"],
  },
  {
    name: "answers decisions in an order of its own",
    mutate: ({ connector }) =>
      withOutcomes({ connector, change: (outcome) => (outcome.status === "written" ? { ...outcome, decisions: outcome.decisions.toReversed() } : outcome) }),
    caughtBy: ["consent-write/outcomes-follow-decisions", "replay/under-another-write-id"],
  },
  {
    name: "drops refusals that it cannot represent",
    base: "weak",
    mutate: ({ connector }) =>
      withOutcomes({
        connector,
        change: (outcome) =>
          outcome.status === "written"
            ? { ...outcome, decisions: outcome.decisions.map(({ decisionId, outcome: result }) => ({ decisionId, outcome: result === "rejected" ? "applied" : result })) }
            : outcome,
      }),
    caughtBy: ["consent-read/unrepresentable-refusal-is-an-error"],
  },
  {
    name: "claims to keep milliseconds, and keeps seconds",
    mutate: ({ connector }) => withItems({ connector, change: (item) => mapStates({ item, change: (state) => ({ ...state, effectiveAt: state.effectiveAt - (state.effectiveAt % 1000) }) }) }),
    caughtBy: ["consent-read/star-is-a-key-of-its-own", "consent-write/lost-decision-of-many", "consent-write/neutral-decisions-change-nothing"],
  },
  {
    name: "shifts instants of summer by an hour",
    mutate: ({ connector }) =>
      withItems({
        connector,
        change: (item) =>
          mapStates({
            item,
            change: (state) => {
              const month = new Date(state.effectiveAt).getUTCMonth();
              return month > 2 && month < 10 ? { ...state, effectiveAt: state.effectiveAt + 3_600_000 } : state;
            },
          }),
      }),
    caughtBy: ["precision/state-instants-come-back"],
  },
  {
    name: "keeps instants as 32-bit seconds",
    mutate: ({ connector }) =>
      withItems({ connector, change: (item) => mapStates({ item, change: (state) => ({ ...state, effectiveAt: (Math.trunc(state.effectiveAt / 1000) | 0) * 1000 + (state.effectiveAt % 1000) }) }) }),
    caughtBy: ["precision/state-instants-come-back"],
  },
];
