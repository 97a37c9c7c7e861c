import { runConformance } from "@volenti/conformance";
import { isEnding, isGrant, type ConnectorV1, type ConsentState } from "@volenti/core/adapter";
import { createMemoryConnector, type MemorySystem } from "@volenti/memory";
import { expect, test } from "vitest";
import { createMemoryHarness } from "../support/memory-harness.ts";

/** Reads a state as a system tells it that keeps yes, no and neither, and nothing of a narrowing. */
function toMeaning(state: ConsentState): ConsentState {
  const status = isGrant(state.status) ? "given" : isEnding(state.status) ? "invalidated" : "refused";
  return { ...state, status, purposeVersion: "1", validUntil: null, recipients: null, attributes: null };
}

function createMeaningConnector(system: MemorySystem): ConnectorV1 {
  // What it would tell at once is told facet by facet.
  const { overview: _, ...memory } = createMemoryConnector({ region: "EU", ledger: false, system });
  return {
    ...memory,
    traits: { ...memory.traits, statusDetail: "meaning" },
    consent: {
      getState: async (request) => memory.consent.getState(request).then((state) => (state === null ? null : toMeaning(state))),
      listStates: async (request) => (await memory.consent.listStates(request)).map(toMeaning),
    },
  };
}

test("a connector to a system that keeps what a status means passes by saying so", async () => {
  const report = await runConformance({ harness: createMemoryHarness({ name: "meaning", connect: createMeaningConnector }) });
  expect(report.cases.filter(({ outcome }) => outcome === "failed")).toEqual([]);
  expect(report.cases.find(({ id }) => id === "consent-read/every-member-comes-back")).toMatchObject({ outcome: "skipped", reason: "trait statusDetail: meaning" });
});
