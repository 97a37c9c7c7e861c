import type { BenchmarkReport, Figure } from "../benchmark.ts";
import type { CallCounts } from "./count-calls.ts";
import type { LoneCalls } from "./count-lone-calls.ts";

const MOST_WITH_LOG = 17;
const MOST_WITHOUT_LOG = 9;

/** Figures are of so many submissions as were counted. */
export function reportCalls(request: {
  customers: number;
  withLog: CallCounts;
  withoutLog: CallCounts;
  lone: { readonly linked: LoneCalls; readonly afterRefusal: LoneCalls };
}): BenchmarkReport {
  const { customers, withLog, withoutLog, lone } = request;
  const of = `${customers.toLocaleString("en")} new customers, 3 decisions each`;
  const isOne = lone.linked.fewest === 1 && lone.linked.most === 1;
  return {
    figures: [
      callFigure({ name: "salesforce.calls", what: `calls for ${of}, every decision a row`, counts: withLog, most: MOST_WITH_LOG }),
      callFigure({ name: "salesforce.callsNoLog", what: `calls for ${of}, only what stands`, counts: withoutLog, most: MOST_WITHOUT_LOG }),
      loopFigure({ name: "salesforce.callsLoop", what: `calls for ${of}, every decision a row`, counts: withLog }),
      loopFigure({ name: "salesforce.callsLoopNoLog", what: `calls for ${of}, only what stands`, counts: withoutLog }),
      {
        name: "salesforce.loneCalls",
        what: "calls for a lone submission of a linked customer, the most of 20 with a yes and 20 with a no",
        value: lone.linked.most,
        unit: "calls",
        beside: { what: "the fewest", value: lone.linked.fewest, unit: "calls" },
        ratio: null,
        target: "exactly 1",
        met: isOne,
      },
    ],
    breakdown: [
      { what: "a yes after a no, whose opt-out flag is cleared, at most", value: lone.afterRefusal.most, unit: "calls" },
    ],
  };
}

/** Beside a loop that upserts row by row, which is what one writes first. */
function loopFigure(request: { name: string; what: string; counts: CallCounts }): Figure {
  const { name, what, counts } = request;
  const { collected, oneByOne } = counts;
  return {
    name,
    what,
    value: collected,
    unit: "calls",
    beside: { what: "the same rows, one jsforce upsert a row", value: oneByOne, unit: "calls" },
    peer: "jsforce",
    ratio: collected / oneByOne,
    target: null,
    met: null,
  };
}

function callFigure(request: { name: string; what: string; counts: CallCounts; most: number }): Figure {
  const { name, what, counts, most } = request;
  const { collected, collections } = counts;
  return {
    name,
    what,
    value: collected,
    unit: "calls",
    beside: { what: "jsforce collections of the same rows", value: collections, unit: "calls" },
    peer: "jsforce",
    ratio: collected / collections,
    target: `at most ${most}`,
    met: collected <= most,
  };
}
