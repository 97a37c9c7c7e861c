import type { MemorySystem } from "./transport/memory-system.ts";

/** How a memory connector is made. */
export interface MemoryConnectorOptions {
  /** Where the process runs: ISO 3166-1 alpha-2, or `EU`. */
  region: string;
  /** The mechanism under which data of people outside the region may be copied here. */
  transferMechanism?: string | undefined;
  /** Whether it remembers who is who. Default true. */
  ledger?: boolean | undefined;
  /**
   * The system behind the connector; a new, empty one by default. Pass one to look into it in a test, to let several
   * connectors share it, or to make it fail.
   */
  system?: MemorySystem | undefined;
}
