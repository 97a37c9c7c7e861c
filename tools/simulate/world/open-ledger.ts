import { createMemoryConnector, createMemorySystem } from "@volenti/memory";
import { createRegionalStore } from "@volenti/regional-store";
import { reachDatabase } from "../network/reach-database.ts";
import { reachMemory } from "../network/reach-memory.ts";
import { createKeyring } from "./create-keyring.ts";
import { createDatabaseSessions } from "./database-sessions.ts";
import { openEmbeddedDatabase } from "./embedded-database.ts";
import { holdMemory } from "./hold-memory.ts";
import { holdRegionalStore } from "./hold-regional-store.ts";
import type { LedgerId } from "./ledger-id.ts";
import type { SimulatedSystem } from "./simulated-system.ts";

const PLACES: Readonly<Record<LedgerId, { region: string; transferMechanism?: string }>> = {
  ru: { region: "RU" },
  eu: { region: "EU", transferMechanism: "standardContractualClauses" },
};

/** One ledger of a run, empty: in memory, or a regional store on the embedded PostgreSQL. */
export async function openLedger(request: { id: LedgerId; isStore: boolean }): Promise<SimulatedSystem> {
  return request.isStore ? openStore(request.id) : openMemoryLedger(request.id);
}

function openMemoryLedger(id: LedgerId): SimulatedSystem {
  const memory = createMemorySystem();
  return {
    held: holdMemory({ id, system: memory }),
    memory,
    open: (caller) => createMemoryConnector({ ...PLACES[id], system: reachMemory({ ...caller, system: memory }) }),
    close: () => {},
  };
}

async function openStore(id: LedgerId): Promise<SimulatedSystem> {
  const database = await openEmbeddedDatabase();
  const held = holdRegionalStore({ id, database, keyring: createKeyring() });
  const sessions = createDatabaseSessions({ database, afterCommit: () => held.look() });
  return {
    held,
    memory: null,
    open: (caller) => createRegionalStore({ ...PLACES[id], url: "postgres://simulated", pool: reachDatabase({ ...caller, sessions }) }),
    // The next run uses the database again.
    close: () => {},
  };
}
