import type { ConnectorV1 } from "@volenti/core/adapter";
import type { MemorySystem } from "@volenti/memory";
import type { Fault } from "../network/draw-fate.ts";
import type { Network } from "../network/create-network.ts";
import type { Process } from "../network/process.ts";
import type { HeldSystem } from "./held-system.ts";

/** The systems that the brand's CRM can be. */
export const CRM_KINDS = ["memory", "salesforce", "cegid-retail"] as const;
export type CrmKind = (typeof CRM_KINDS)[number];

/** One CRM for everybody, and a connector to it for each process. */
export interface Crm {
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

/** What a system of the kind does not promise to survive, and is not asked to: Y2 compares nothing while it writes, so that bytes which come late undo what came between. */
export const UNSURVIVED: Readonly<Record<CrmKind, readonly Fault[]>> = {
  memory: [],
  salesforce: [],
  "cegid-retail": ["slowBefore", "duplicated"],
};

/** Writers at once that the kind promises to keep in order. */
export const MOST_WRITERS: Readonly<Record<CrmKind, number>> = { memory: 2, salesforce: 2, "cegid-retail": 1 };
