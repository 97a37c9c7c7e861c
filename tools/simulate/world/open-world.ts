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
import type { CrmKind } from "./crm.ts";
import { openCrm } from "./open-crm.ts";
import type { HeldSystem } from "./held-system.ts";
import { holdMemory } from "./hold-memory.ts";

/** One brand's systems, and a way to start a process over them. */
export interface World {
  readonly systems: readonly HeldSystem[];
  readonly keyring: ReturnType<typeof createKeyring>;
  close(): void;
  /** A fresh program: it knows nothing of what other processes did. */
  open(request: { process: Process; writer: number; isRestarted: boolean; skewInMs: number }): Volenti;
}

/** A bug that a test plants: between core and a connector, with a look at what every system holds. */
export type Plant = (request: { connector: ConnectorV1; destinationId: string; systems: Readonly<Record<string, MemorySystem>>; others: () => Readonly<Record<string, ConnectorV1>> }) => ConnectorV1;

const LEDGERS: Readonly<Record<string, { region: string; transferMechanism?: string }>> = {
  ru: { region: "RU" },
  eu: { region: "EU", transferMechanism: "standardContractualClauses" },
};

const keyring = createKeyring();

/** Ledgers in memory, and a CRM of the kind that is asked for. */
export async function openWorld(request: { schedule: Schedule; network: Network; random: Random; crm: CrmKind; plant?: Plant | undefined }): Promise<World> {
  const { schedule, network, random, plant = ({ connector }) => connector } = request;
  const crm = await openCrm({ kind: request.crm, schedule });
  const ledgers: Readonly<Record<string, MemorySystem>> = Object.fromEntries(Object.keys(LEDGERS).map((id) => [id, createMemorySystem()]));
  const systems: Readonly<Record<string, MemorySystem>> = { ...ledgers, ...(crm.memory === null ? {} : { crm: crm.memory }) };
  return {
    systems: [...Object.entries(ledgers).map(([id, system]) => holdMemory({ id, system })), crm.held],
    keyring,
    close: () => crm.close(),
    open: ({ process, writer, isRestarted, skewInMs }) => {
      const own = random.fork(process.name);
      const caller = { network, process, writer, isRestarted };
      const connectors: Readonly<Record<string, ConnectorV1>> = {
        ...Object.fromEntries(
          Object.entries(ledgers).map(([destinationId, system]): [string, ConnectorV1] => [
            destinationId,
            createMemoryConnector({ region: "EU", ...LEDGERS[destinationId], system: reachMemory({ ...caller, system, destinationId }) }),
          ]),
        ),
        crm: crm.open({ ...caller, destinationId: "crm" }),
      };
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
