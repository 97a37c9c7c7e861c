import type { BenchmarkReport, Figure, Part } from "../benchmark.ts";
import type { CallCounts, FoundCounts } from "./count-calls.ts";

const CONNECTIONS_BY_DEFAULT = 4;

/** Where new customers are named by us. */
export interface RouteCounts {
  readonly own: CallCounts;
  readonly found: FoundCounts;
}

/** Each figure is the most that one of twenty customers took. */
export function reportCalls(request: {
  withoutLedger: RouteCounts;
  withLedger: RouteCounts;
  /** Where Y2 names new customers, so that nobody is looked for by an id of ours; without a ledger. */
  serverNamed: FoundCounts;
  atOnce: { readonly connections: number; readonly calls: number };
}): BenchmarkReport {
  const { withoutLedger, withLedger, serverNamed, atOnce } = request;
  const routes = [withoutLedger, withLedger];
  const connections = Math.max(atOnce.connections, atOnce.calls);
  const ofBoth = (pick: (counts: RouteCounts) => number): number => Math.max(...routes.map(pick));
  return {
    figures: [
      toFigure({ name: "callsLinked", what: "calls for a customer of our own id who comes back with a no", value: ofBoth(({ own }) => own.linked), most: 3 }),
      toFigure({ name: "callsFound", what: "calls for a customer of the folder's own id, found by a search, with a no", value: serverNamed.linked, most: 4 }),
      toFigure({ name: "callsRemembered", what: "calls for a customer of the folder's own id whom a ledger remembers, with a no, another process's first", value: Math.max(withLedger.found.linkedFirst, withLedger.found.linked), most: 3 }),
      toFigure({ name: "callsUnchanged", what: "calls for a customer whose submission comes again", value: ofBoth(({ own }) => own.unchanged), most: 1 }),
      toFigure({ name: "callsCreation", what: "calls to create a customer and read them back, behind the look-ups", value: ofBoth(({ own }) => own.creation), most: 2 }),
      { ...toFigure({ name: "connections", what: "connections and calls under way for 16 new customers at once", value: connections, most: CONNECTIONS_BY_DEFAULT }), unit: "at once" },
    ],
    breakdown: [
      ...toParts({ route: "behind a ledger", counts: withLedger }),
      ...toParts({ route: "without a ledger", counts: withoutLedger }),
      { what: "found by the address for the first time, new ones named by Y2, without a ledger", value: serverNamed.found, unit: "calls" },
    ],
  };
}

function toParts(request: { route: string; counts: RouteCounts }): readonly Part[] {
  const { route, counts: { own, found } } = request;
  const rows: readonly (readonly [string, number])[] = [
    ["a new customer", own.created],
    ["found by the address for the first time", found.found],
    ["known by our own id, with a no", own.linked],
    ["known by our own id, nothing changes", own.unchanged],
    ["found by the link, with a no, the first two of a process", found.linkedFirst],
    ["found by the link, with a no, behind them", found.linked],
  ];
  return rows.map(([what, value]) => ({ what: `${what}, ${route}`, value, unit: "calls" }));
}

function toFigure(request: { name: string; what: string; value: number; most: number }): Figure {
  const { name, what, value, most } = request;
  return { name: `cegid-retail.${name}`, what, value, unit: "calls", beside: null, ratio: value / most, target: `at most ${most}`, met: value <= most };
}
