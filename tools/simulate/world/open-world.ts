import { createVolenti, defineConfig, type Volenti } from "@volenti/core";
import type { ConnectorV1 } from "@volenti/core/adapter";
import type { MemorySystem } from "@volenti/memory";
import { nodeCrypto } from "@volenti/node";
import type { Network } from "../network/create-network.ts";
import type { Process } from "../network/process.ts";
import type { Random } from "../support/create-random.ts";
import { createClock, type Schedule } from "../support/create-schedule.ts";
import { configureBrand } from "./configure-brand.ts";
import { createKeyring } from "./create-keyring.ts";
import type { CrmKind } from "./crm.ts";
import type { HeldSystem } from "./held-system.ts";
import { LEDGER_IDS, type LedgerId } from "./ledger-id.ts";
import { openCrm } from "./open-crm.ts";
import { openLedger } from "./open-ledger.ts";

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

interface WorldRequest {
  readonly schedule: Schedule;
  readonly network: Network;
  readonly random: Random;
  readonly crm: CrmKind;
  readonly store: LedgerId | null;
  readonly plant?: Plant | undefined;
}

const keyring = createKeyring();

/** The ledgers, `store` a regional store and every other in memory, and a CRM of the kind that is asked for. */
export async function openWorld(request: WorldRequest): Promise<World> {
  const { schedule, network, random, plant = ({ connector }) => connector } = request;
  const ledgers = await Promise.all(LEDGER_IDS.map((id) => openLedger({ id, isStore: id === request.store })));
  const opened = [...ledgers, await openCrm({ kind: request.crm, schedule })];
  const systems: Readonly<Record<string, MemorySystem>> = Object.fromEntries(opened.flatMap(({ held, memory }) => (memory === null ? [] : [[held.id, memory]])));
  return {
    systems: opened.map(({ held }) => held),
    keyring,
    close: () => {
      for (const system of opened) system.close();
    },
    open: ({ process, writer, isRestarted, skewInMs }) => {
      const own = random.fork(process.name);
      const caller = { network, process, writer, isRestarted };
      const connectors: Readonly<Record<string, ConnectorV1>> = Object.fromEntries(
        opened.map((system): [string, ConnectorV1] => [system.held.id, system.open({ ...caller, destinationId: system.held.id })]),
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
