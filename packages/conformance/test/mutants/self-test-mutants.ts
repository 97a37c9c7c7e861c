import type { ConnectionReportV1, ConnectorV1 } from "@volenti/core/adapter";
import type { MemorySystem } from "@volenti/memory";
import type { Mutant } from "./mutant.ts";

/** An honest test by writing: reaches the system, and puts a record of its own there and away again. */
async function probe(request: { connector: ConnectorV1; system: MemorySystem; removes: boolean }): Promise<ConnectionReportV1> {
  const { connector, system, removes } = request;
  await connector.checkConnection();
  const { people } = system.records;
  const ref = "probe";
  const attributes = new Map([["familyName", { value: "Probe", changedAt: 0, submissionId: "probe" }]]);
  const states = new Map();
  people.set(ref, { ref, country: "FR", ageBand: "adult", test: true, heldSince: 0, states, realStates: states, attributes });
  if (removes) people.delete(ref);
  return { findings: [{ severity: "info", code: "guardProved", message: "The system refuses what is older." }] };
}

/** Tests by writing, and estimates, that are not to be trusted. */
export const SELF_TEST_MUTANTS: readonly Mutant[] = [
  {
    name: "its test by writing leaves its record behind",
    mutate: ({ connector, system }) => ({ ...connector, selfTest: () => probe({ connector, system, removes: false }) }),
    caughtBy: ["self-test/leaves-nothing"],
  },
  {
    name: "its test by writing finds errors in a system that works",
    mutate: ({ connector }) => ({
      ...connector,
      selfTest: async () => {
        await connector.checkConnection();
        return { findings: [{ severity: "error", code: "guardUnproven", message: "Nothing was proved." }] };
      },
    }),
    caughtBy: ["self-test/leaves-nothing"],
  },
  {
    name: "its test by writing answers after closing",
    mutate: ({ connector }) => ({ ...connector, selfTest: async () => ({ findings: [] }) }),
    caughtBy: ["self-test/leaves-nothing"],
  },
  {
    name: "its test by writing touches a person",
    mutate: ({ connector, system }) => ({
      ...connector,
      selfTest: async () => {
        for (const [ref, person] of system.records.people) system.records.people.set(ref, { ...person, attributes: new Map() });
        return probe({ connector, system, removes: true });
      },
    }),
    caughtBy: ["self-test/leaves-nothing"],
  },
  {
    name: "estimates parts of a call",
    mutate: ({ connector }) => ({ ...connector, estimateCalls: ({ people }) => ({ calls: people / 200, dailyLimit: 15_000 }) }),
    caughtBy: ["self-test/estimates-are-whole-and-cost-nothing"],
  },
  {
    name: "estimates a call for nobody",
    mutate: ({ connector }) => ({ ...connector, estimateCalls: ({ people }) => ({ calls: Math.floor(people / 200) + 1, dailyLimit: null }) }),
    caughtBy: ["self-test/estimates-are-whole-and-cost-nothing"],
  },
  {
    name: "asks the system before it estimates",
    mutate: ({ connector, system }) => ({
      ...connector,
      estimateCalls: ({ people }) => {
        system.connect().then((connection) => connection.end()).catch(() => {});
        return { calls: people + system.countCalls(), dailyLimit: null };
      },
    }),
    caughtBy: ["self-test/estimates-are-whole-and-cost-nothing"],
  },
];
