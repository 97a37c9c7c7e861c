/** Under which rights a call runs. `login`: those of the connection itself, for provisioning and the state of the server. */
export type StoreRole = "writer" | "reader" | "auditor" | "eraser" | "login";

/** One call of the store: one statement whose only row has one column, JSON as text. */
export interface StoreCall {
  /** For errors: `intake.write`. */
  readonly operation: string;
  readonly role: StoreRole;
  readonly statement: string;
  readonly parameters: readonly (string | number | Uint8Array | null)[];
  /** Whether a lost answer leaves it unknown what was applied. */
  readonly effect: "read" | "write";
  readonly signal?: AbortSignal | undefined;
}

/** Runs a script of several statements inside the transaction, or a query of one whose answer is JSON as text. */
export interface StoreTransaction {
  script(statements: string): Promise<void>;
  query(statement: string): Promise<unknown>;
}

/** The two ways to the same statements: a PostgreSQL server, and the embedded one. */
export interface StoreSessions {
  /** Answers the JSON value. Rejects with a `ConnectorError`, or with the signal's own reason. */
  run(call: StoreCall): Promise<unknown>;
  /** Runs the work in one transaction, under the login's own rights; its errors roll everything back. */
  transact<Result>(request: {
    operation: string;
    work: (transaction: StoreTransaction) => Promise<Result>;
  }): Promise<Result>;
  /** Safe to call twice, and before the first use. */
  close(): Promise<void>;
}
