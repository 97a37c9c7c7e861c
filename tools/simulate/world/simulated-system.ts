import type { ConnectorV1 } from "@volenti/core/adapter";
import type { MemorySystem } from "@volenti/memory";
import type { Network } from "../network/create-network.ts";
import type { Process } from "../network/process.ts";
import type { HeldSystem } from "./held-system.ts";

/** One system of the brand's for everybody, and a connector to it for each process. */
export interface SimulatedSystem {
  readonly held: HeldSystem;
  /** Null where it is no memory system. */
  readonly memory: MemorySystem | null;
  open(caller: Caller): ConnectorV1;
  close(): void;
}

/** Who reaches a system, and as what. */
export interface Caller {
  readonly network: Network;
  readonly process: Process;
  readonly writer: number;
  readonly isRestarted: boolean;
  readonly destinationId: string;
}
