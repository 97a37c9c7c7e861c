/** The part of a `pg` pool that the store uses: an application's own pool fits, and stays the application's. */
export interface PostgresPool {
  connect(): Promise<PostgresClient>;
}

/** A connection of a pool, as far as the store uses one. */
export interface PostgresClient {
  query(statement: string, parameters: readonly unknown[]): Promise<{ rows: unknown[] }>;
  /** True closes the connection instead of keeping it. */
  release(destroy?: boolean): void;
  /** A connection that ends while it is in use says so here as well; unheard, that would end the process. */
  on?(event: "error", listener: () => void): unknown;
  off?(event: "error", listener: () => void): unknown;
}
