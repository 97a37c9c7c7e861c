import type { BenchmarkReport, Figure } from "../benchmark.ts";
import type { CallCounts } from "./count-calls.ts";

const CONNECTIONS_BY_DEFAULT = 4;

interface Found {
  readonly found: number;
  readonly linked: number;
}

/** Each figure is the most that one of twenty customers took. */
export function reportCalls(request: {
  own: CallCounts;
  /** Where Y2 names new customers, so that nobody is looked for by an id of ours. */
  serverNamed: Found;
  /** Where we do. */
  weNamed: Found;
  atOnce: { readonly connections: number; readonly calls: number };
}): BenchmarkReport {
  const { own, serverNamed, weNamed, atOnce } = request;
  const connections = Math.max(atOnce.connections, atOnce.calls);
  return {
    figures: [
      toFigure({ name: "callsLinked", what: "calls for a customer of our own id who comes back with a no", value: own.linked, most: 3 }),
      toFigure({ name: "callsFound", what: "calls for a customer of the folder's own id, found by a search, with a no", value: serverNamed.linked, most: 4 }),
      toFigure({ name: "callsUnchanged", what: "calls for a customer whose submission comes again", value: own.unchanged, most: 1 }),
      toFigure({ name: "callsCreation", what: "calls to create a customer and read them back, behind the look-ups", value: own.creation, most: 2 }),
      { ...toFigure({ name: "connections", what: "connections and calls under way for 16 new customers at once", value: connections, most: CONNECTIONS_BY_DEFAULT }), unit: "at once" },
    ],
    breakdown: [
      { what: "a new customer, look-ups and a fault for the unknown id included", value: own.created, unit: "calls" },
      { what: "found by the address for the first time, new ones named by Y2", value: serverNamed.found, unit: "calls" },
      { what: "found by the address for the first time, new ones named by us", value: weNamed.found, unit: "calls" },
      { what: "found by the link later on, new ones named by us", value: weNamed.linked, unit: "calls" },
    ],
  };
}

function toFigure(request: { name: string; what: string; value: number; most: number }): Figure {
  const { name, what, value, most } = request;
  return { name: `cegid-retail.${name}`, what, value, unit: "calls", beside: null, ratio: value / most, target: `at most ${most}`, met: value <= most };
}
