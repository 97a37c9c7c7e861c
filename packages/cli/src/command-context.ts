import type { SignalSource } from "./command-line-request.ts";
import type { Terminal } from "./terminal/terminal.ts";

/** What every command is given beside its own options. */
export interface CommandContext {
  readonly terminal: Terminal;
  /** Absolute path of the caller's folder: relative FILE arguments start here. */
  readonly folder: string;
  /** `--config`, as given. */
  readonly configurationFile: string | undefined;
  /** `--json`: standard output is for programs. */
  readonly json: boolean;
  readonly signals: SignalSource;
  readonly exit: (code: number) => void;
}
