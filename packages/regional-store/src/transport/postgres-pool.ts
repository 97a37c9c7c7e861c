/** The part of a `pg` pool that the store uses: an application's own pool fits, and stays the application's. */
export interface PostgresPool {
  /** A connection that nobody else has until it is released. Rejects where the server cannot be reached. */
  connect(): Promise<PostgresClient>;
}

/** A connection of a pool, as far as the store uses one. */
export interface PostgresClient {
  /** Values go as parameters only (`$1`), never into the statement. */
  query(statement: string, parameters: readonly unknown[]): Promise<{ rows: unknown[] }>;
  /** True closes the connection instead of keeping it. */
  release(destroy?: boolean): void;
  /** A connection that ends while it is in use says so here as well; unheard, that would end the process. */
  on?(event: "error", listener: () => void): unknown;
  /** Undoes `on`, with the same listener. */
  off?(event: "error", listener: () => void): unknown;
}
