import type { ConformanceHarness } from "@volenti/conformance";
import type { ConnectorV1 } from "@volenti/core/adapter";
import { createMemorySystem, type MemorySystem } from "@volenti/memory";

/** A harness over one system in memory, whose connectors are made as the test says. */
export function createMemoryHarness(request: {
  name: string;
  connect: (system: MemorySystem) => ConnectorV1;
}): ConformanceHarness & { readonly system: MemorySystem } {
  const system = createMemorySystem();
  const { records } = system;
  return {
    system,
    name: request.name,
    connect: () => request.connect(system),
    probe: {
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
    },
    faults: {
      clear: () => system.fail(null),
      unavailable: () => system.fail({ kind: "unavailable" }),
      dropAfterApply: () => system.fail({ kind: "dropAfterApply" }),
      dropBeforeApply: () => system.fail({ kind: "dropBeforeApply" }),
      rateLimited: ({ notBefore }) => system.fail({ kind: "rateLimited", notBefore }),
      expiredSession: () => system.fail({ kind: "expiredSession" }),
      malformed: () => system.fail({ kind: "malformed" }),
      stalled: () => system.fail({ kind: "stalled" }),
      refuseSubject: ({ subjectRef }) => system.fail({ kind: "refuseSubject", subjectRef }),
    },
  };
}
