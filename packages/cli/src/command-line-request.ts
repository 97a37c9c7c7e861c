import type { Readable, Writable } from "node:stream";

/** Where the process's wish to stop comes from: `process` itself, or a test's own emitter. */
export interface SignalSource {
  /** Calls the listener with each signal of that name. */
  on(signal: "SIGINT" | "SIGTERM", listener: () => void): unknown;
  /** Undoes `on`, with the same listener. */
  off(signal: "SIGINT" | "SIGTERM", listener: () => void): unknown;
}

/** One run of the `volenti` command. Everything but the arguments defaults to the process's own. */
export interface CommandLineRequest {
  /** Without the program's name: `["collect", "file.ndjson", "--json"]`. */
  readonly arguments: readonly string[];
  /** Read where a value is `-`. */
  readonly stdin?: (Readable & { readonly isTTY?: boolean | undefined }) | undefined;
  /** Results alone; with `--json` nothing else is ever written there. */
  readonly stdout?: (Writable & { readonly isTTY?: boolean | undefined }) | undefined;
  /** Messages and the progress bar; the bar only where it is a terminal. */
  readonly stderr?: (Writable & { readonly isTTY?: boolean | undefined }) | undefined;
  /** Only `NO_COLOR` is read here; a configuration reads what it needs itself, from the process. */
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined;
  /** Where relative FILE arguments start, and where the configuration is looked for. */
  readonly cwd?: string | undefined;
  readonly signals?: SignalSource | undefined;
  /** Ends the process at once, on the second SIGINT or SIGTERM. */
  readonly exit?: ((code: number) => void) | undefined;
}
