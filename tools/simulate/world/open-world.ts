import { createVolenti, defineConfig, type Volenti } from "@volenti/core";
import type { ConnectorV1 } from "@volenti/core/adapter";
import { createMemoryConnector, createMemorySystem, type MemorySystem } from "@volenti/memory";
import { nodeCrypto } from "@volenti/node";
import type { Network } from "../network/create-network.ts";
import type { Process } from "../network/process.ts";
import { reachMemory } from "../network/reach-memory.ts";
import type { Random } from "../support/create-random.ts";
import { createClock, type Schedule } from "../support/create-schedule.ts";
import { configureBrand } from "./configure-brand.ts";
import { createKeyring } from "./create-keyring.ts";
import type { HeldSystem } from "./held-system.ts";
import { holdMemory } from "./hold-memory.ts";

/** One brand's systems, and a way to start a process over them. */
export interface World {
  readonly systems: readonly HeldSystem[];
  readonly keyring: ReturnType<typeof createKeyring>;
  /** A fresh program: it knows nothing of what other processes did. */
  open(request: { process: Process; writer: number; isRestarted: boolean; skewInMs: number }): Volenti;
}

/** A bug that a test plants: between core and a connector, with a look at what every system holds. */
export type Plant = (request: { connector: ConnectorV1; destinationId: string; systems: Readonly<Record<string, MemorySystem>>; others: () => Readonly<Record<string, ConnectorV1>> }) => ConnectorV1;

const PLACES = {
  ru: { region: "RU", ledger: true },
  eu: { region: "EU", ledger: true, transferMechanism: "standardContractualClauses" },
  crm: { region: "EU", ledger: false, transferMechanism: "standardContractualClauses" },
} as const;

const keyring = createKeyring();

/** A world of memory systems. */
export function openWorld(request: { schedule: Schedule; network: Network; random: Random; plant?: Plant | undefined }): World {
  const { schedule, network, random, plant = ({ connector }) => connector } = request;
  const systems: Readonly<Record<string, MemorySystem>> = Object.fromEntries(Object.keys(PLACES).map((id) => [id, createMemorySystem()]));
  return {
    systems: Object.entries(systems).map(([id, system]) => holdMemory({ id, system })),
    keyring,
    open: ({ process, writer, isRestarted, skewInMs }) => {
      const own = random.fork(process.name);
      const connectors: Readonly<Record<string, ConnectorV1>> = Object.fromEntries(
        Object.entries(PLACES).map(([destinationId, place]): [string, ConnectorV1] => {
          const inner = systems[destinationId] ?? createMemorySystem();
          const system = reachMemory({ system: inner, network, process, writer, isRestarted, destinationId });
          return [destinationId, createMemoryConnector({ ...place, system })];
        }),
      );
      const planted = Object.entries(connectors).map(([destinationId, connector]): [string, ConnectorV1] => [
        destinationId,
        plant({ connector, destinationId, systems, others: () => connectors }),
      ]);
      const crypto = { ...nodeCrypto, randomBytes: (length: number) => own.bytes(length) };
      const configuration = configureBrand({ destinations: Object.fromEntries(planted), keys: keyring });
      const clock = createClock({ schedule, isAlive: () => process.isAlive(), skewInMs });
      return createVolenti(defineConfig({ ...configuration, crypto }), { clock, random: () => own.next() });
    },
  };
}
