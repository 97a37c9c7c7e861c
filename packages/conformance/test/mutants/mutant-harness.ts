import type { ConformanceHarness } from "@volenti/conformance";
import { createMemoryConnector } from "@volenti/memory";
import { createMemoryHarness } from "../support/memory-harness.ts";
import { createWeakConnector } from "../weak/weak-connector.ts";
import type { Mutant } from "./mutant.ts";

/** A harness whose every connector is the mutant. */
export function createMutantHarness(mutant: Mutant): ConformanceHarness {
  return createMemoryHarness({
    name: mutant.name,
    connect: (system) => {
      const connector =
        mutant.base === "weak"
          ? createWeakConnector(system)
          : createMemoryConnector({ region: "EU", ledger: mutant.base !== "ledgerless", system });
      return mutant.mutate({ connector, system });
    },
  });
}
