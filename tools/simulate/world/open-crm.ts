import { createMemoryConnector, createMemorySystem } from "@volenti/memory";
import { reachMemory } from "../network/reach-memory.ts";
import type { Schedule } from "../support/create-schedule.ts";
import type { CrmKind } from "./crm.ts";
import { holdMemory } from "./hold-memory.ts";
import { openCegidRetail } from "./open-cegid-retail.ts";
import { openSalesforce } from "./open-salesforce.ts";
import type { SimulatedSystem } from "./simulated-system.ts";

/** The CRM of one run, empty. */
export function openCrm(request: { kind: CrmKind; schedule: Schedule }): Promise<SimulatedSystem> | SimulatedSystem {
  const { kind, schedule } = request;
  switch (kind) {
    case "salesforce":
      return openSalesforce({ schedule });
    case "cegid-retail":
      return openCegidRetail({ schedule });
    default:
      return openMemoryCrm();
  }
}

function openMemoryCrm(): SimulatedSystem {
  const memory = createMemorySystem();
  return {
    held: holdMemory({ id: "crm", system: memory }),
    memory,
    open: (caller) => createMemoryConnector({ region: "EU", transferMechanism: "standardContractualClauses", ledger: false, system: reachMemory({ ...caller, system: memory }) }),
    close: () => {},
  };
}
