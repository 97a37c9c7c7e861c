export { createMemoryConnector } from "./memory-connector.ts";
export type { MemoryConnectorOptions } from "./memory-connector-options.ts";
export { createMemorySystem } from "./transport/memory-system.ts";
export type { MemoryConnection, MemorySystem } from "./transport/memory-system.ts";
export type { MemoryFailure } from "./transport/memory-failure.ts";
export type { DecisionRow, HoldRow, LinkRow, MemoryRecords, PersonRow } from "./transport/memory-records.ts";
