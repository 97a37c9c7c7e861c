import type { PostgresPool } from "./transport/postgres-pool.ts";

/** How a regional store is made. Two members are enough: `url` and `region`. */
export interface RegionalStoreOptions {
  /** `postgres://…` for a server; `file:./folder` for the embedded store, for development and demonstration. */
  readonly url: string;
  /** Where the data lies: ISO 3166-1 alpha-2, or `EU`. */
  readonly region: string;
  /** The mechanism under which data of people outside the region may be copied here. */
  readonly transferMechanism?: string | undefined;
  /** The application's own `pg` pool in the place of one made from the URL. Never ended by the store. */
  readonly pool?: PostgresPool | undefined;
  /**
   * Whether a pooler in between (PgBouncer) gives each transaction another connection. `transaction` costs two round
   * trips more a call, and is what a given `pool` gets always. Default `session`.
   */
  readonly poolingMode?: "session" | "transaction" | undefined;
  /**
   * PEM texts: a private authority, and a client certificate. The server's name is always checked; what the URL says of
   * TLS (`sslmode` and its like) does not count beside this.
   */
  readonly tls?: { readonly ca?: string | undefined; readonly cert?: string | undefined; readonly key?: string | undefined } | undefined;
  /** How long one call may take, at most 2 147 483 647 (24 days). Default 30 000. */
  readonly timeoutInMs?: number | undefined;
  /** Connections of the store's own pool. Default 10. */
  readonly maxConnections?: number | undefined;
  /** Lets the embedded store run under NODE_ENV=production. Default false. */
  readonly allowEmbeddedInProduction?: boolean | undefined;
  /** Default: the environment of the process. Only NODE_ENV is read. */
  readonly environment?: { readonly NODE_ENV?: string | undefined } | undefined;
}

export interface ResolvedOptions {
  /** Null for a server. */
  readonly embeddedFolder: string | null;
  readonly timeoutInMs: number;
  readonly maxConnections: number;
  readonly poolingMode: "session" | "transaction";
}
