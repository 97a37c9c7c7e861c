export { createRegionalStore } from "./regional-store-connector.ts";
export type { RegionalStoreOptions } from "./regional-store-options.ts";
export type { PostgresClient, PostgresPool } from "./transport/postgres-pool.ts";
