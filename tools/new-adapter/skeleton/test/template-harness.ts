import type { ConformanceFaults, ConformanceHarness, ConformanceProbe } from "@volenti/conformance";
import { createTemplateConnector } from "../src/index.ts";

/** Runs the kit against one empty Template system. */
export function createTemplateHarness(): ConformanceHarness {
  return {
    name: "template",
    connect: () => createTemplateConnector({ region: "EU" }),
    probe: createProbe(),
    faults: createFaults(),
  };
}

/** Looks into the system with a client of its own, never through the connector. */
function createProbe(): ConformanceProbe {
  return {
    holdsPerson: () => unwritten("holdsPerson"),
    listDecisions: () => unwritten("listDecisions"),
    listStates: () => unwritten("listStates"),
    readAttributes: () => unwritten("readAttributes"),
    countLinks: () => 0,
    dump: () => unwritten("dump"),
  };
}

/** Makes the system fail; each failure that is not offered leaves cases skipped. */
function createFaults(): ConformanceFaults {
  return { clear: () => {} };
}

function unwritten(name: string): never {
  throw new Error(`the probe's ${name} is not written yet`);
}
