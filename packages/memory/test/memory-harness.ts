import type { ConformanceFaults, ConformanceHarness, ConformanceProbe } from "@volenti/conformance";
import { createMemoryConnector, createMemorySystem, type MemorySystem } from "@volenti/memory";

/** Runs the kit against one system in memory: the probe reads its records directly, the faults are its own failures. */
export function createMemoryHarness(request: { ledger: boolean }): ConformanceHarness {
  const system = createMemorySystem();
  return {
    name: request.ledger ? "memory" : "memory without ledger",
    connect: () => createMemoryConnector({ region: "EU", ledger: request.ledger, system }),
    probe: createProbe(system),
    faults: createFaults(system),
  };
}

function createProbe(system: MemorySystem): ConformanceProbe {
  const { records } = system;
  return {
    holdsPerson: ({ subjectRef }) => records.people.has(subjectRef),
    listDecisions: ({ subjectRef }) =>
      (records.decisions.get(subjectRef) ?? []).map(({ decisionId, canonical, hash }) => ({ decisionId, canonical, hash })),
    listStates: ({ subjectRef }) => [...(records.people.get(subjectRef)?.states.values() ?? [])],
    readAttributes: ({ subjectRef }) => {
      const attributes = [...(records.people.get(subjectRef)?.attributes ?? [])];
      return Object.fromEntries(attributes.flatMap(([name, { value }]) => (value === null ? [] : [[name, value]])));
    },
    countLinks: ({ subjectRef }) => [...records.links.values()].filter(({ ref }) => ref === subjectRef).length,
    dump: () => JSON.stringify(records, (_name, value: unknown) => (value instanceof Map || value instanceof Set ? [...value] : value)),
    countConnections: () => system.countConnections(),
    countCalls: () => system.countCalls(),
  };
}

function createFaults(system: MemorySystem): ConformanceFaults {
  return {
    clear: () => system.fail(null),
    unavailable: () => system.fail({ kind: "unavailable" }),
    dropAfterApply: () => system.fail({ kind: "dropAfterApply" }),
    dropBeforeApply: () => system.fail({ kind: "dropBeforeApply" }),
    rateLimited: ({ notBefore }) => system.fail({ kind: "rateLimited", notBefore }),
    expiredSession: () => system.fail({ kind: "expiredSession" }),
    malformed: () => system.fail({ kind: "malformed" }),
    stalled: () => system.fail({ kind: "stalled" }),
    refuseSubject: ({ subjectRef }) => system.fail({ kind: "refuseSubject", subjectRef }),
  };
}
