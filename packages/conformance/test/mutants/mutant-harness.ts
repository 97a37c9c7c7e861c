import type { ConformanceHarness } from "@volenti/conformance";
import type { ConnectorV1 } from "@volenti/core/adapter";
import { createMemoryConnector, type MemorySystem } from "@volenti/memory";
import { createMemoryHarness } from "../support/memory-harness.ts";
import { addUnlinked, createConnectorWithCustomers } from "../weak/unlinked-customers.ts";
import { createWeakConnector } from "../weak/weak-connector.ts";
import type { Mutant } from "./mutant.ts";

/** A harness whose every connector is the mutant. */
export function createMutantHarness(mutant: Mutant): ConformanceHarness {
  const harness = createMemoryHarness({
    name: mutant.name,
    connect: (system) => mutant.mutate({ connector: createBase({ base: mutant.base, system }), system }),
  });
  return mutant.base === "withCustomers" ? { ...harness, addUnlinked: ({ identifier }) => addUnlinked({ system: harness.system, identifier }) } : harness;
}

function createBase(request: { base: Mutant["base"]; system: MemorySystem }): ConnectorV1 {
  const { base, system } = request;
  if (base === "weak") return createWeakConnector(system);
  if (base === "withCustomers") return createConnectorWithCustomers(system);
  return createMemoryConnector({ region: "EU", ledger: base !== "ledgerless", system });
}
