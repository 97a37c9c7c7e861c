import type { ObservedEvent } from "@volenti/core";
import type { BenchmarkReport, Figure, Part } from "../benchmark.ts";
import { median } from "../measure/median.ts";
import type { RoundCost } from "./measure-round.ts";

const LEAST_TO_BARE = 1 / 3;

export interface PostgresqlRound {
  readonly submissions: number;
  readonly batches: number;
  /** That the round added, in all tables together; the bare insert adds as many. */
  readonly rows: number;
  readonly store: RoundCost;
  readonly bare: RoundCost;
}

export function reportPostgresql(request: {
  rounds: readonly PostgresqlRound[];
  events: readonly ObservedEvent[];
  bytesARow: number;
}): BenchmarkReport {
  const { rounds, events, bytesARow } = request;
  const of: MedianOf = (pick) => median(rounds.map(pick));
  const toBare = of(({ store, bare }) => bare.seconds / store.seconds);
  return {
    figures: [
      {
        name: "postgresql.rows",
        what: "rows into PostgreSQL, encrypted, chained and guarded",
        value: of(({ rows, store }) => rows / store.seconds),
        unit: "rows/s",
        beside: { what: "bare unnest insert of as many rows and bytes", value: of(({ rows, bare }) => rows / bare.seconds), unit: "rows/s" },
        peer: "pg",
        ratio: toBare,
        target: "at least a third",
        met: toBare >= LEAST_TO_BARE,
      },
      submissionsFigure(of),
    ],
    breakdown: [
      { what: "rows a submission", value: of(({ rows, submissions }) => rows / submissions), unit: "rows" },
      { what: "bytes a row", value: bytesARow, unit: "bytes" },
      ...costs(of),
      { what: "a batch: consulting the ledger, waiting included", value: medianDuration({ events, name: "ledgerConsulted" }), unit: "ms" },
      { what: "a batch: writing, encryption included", value: medianDuration({ events, name: "batchWritten" }), unit: "ms" },
      { what: "a batch: from parse to answer", value: medianDuration({ events, name: "batchCollected" }), unit: "ms" },
    ],
  };
}

type MedianOf = (pick: (round: PostgresqlRound) => number) => number;

function submissionsFigure(of: MedianOf): Figure {
  return {
    name: "postgresql.submissions",
    what: "the same, in submissions",
    value: of(({ submissions, store }) => submissions / store.seconds),
    unit: "submissions/s",
    beside: null,
    ratio: null,
    target: null,
    met: null,
  };
}

function costs(of: MedianOf): readonly Part[] {
  const unit = "µs/submission";
  return [
    { what: "wall-clock time", value: of(({ store, submissions }) => (store.seconds * 1e6) / submissions), unit },
    { what: "CPU of this process", value: of(({ store, submissions }) => store.client / submissions), unit },
    { what: "CPU of the server's sessions", value: of(({ store, submissions }) => store.server / submissions), unit },
    { what: "bare insert: wall-clock time", value: of(({ bare, submissions }) => (bare.seconds * 1e6) / submissions), unit },
    { what: "bare insert: CPU of this process", value: of(({ bare, submissions }) => bare.client / submissions), unit },
    { what: "bare insert: CPU of the server's session", value: of(({ bare, submissions }) => bare.server / submissions), unit },
  ];
}

type TimedEventName = "ledgerConsulted" | "batchWritten" | "batchCollected";

function medianDuration(request: { events: readonly ObservedEvent[]; name: TimedEventName }): number {
  return median(request.events.flatMap((event) => (event.name === request.name ? [event.durationInMs] : [])));
}
