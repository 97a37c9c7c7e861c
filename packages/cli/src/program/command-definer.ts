import type { Command } from "commander";
import type { CommandContext } from "../command-context.ts";
import type { ExitCode } from "../exit-code.ts";

/** What of the caller every command is given. */
export type ProgramRequest = Pick<CommandContext, "terminal" | "folder" | "signals" | "exit"> & {
  /** Told the exit code of the command that ran. */
  readonly finish: (code: ExitCode) => void;
};

/** Adds a command, `--config` and `--json` included; `Options` are those that `prepare` adds, as commander answers them. */
export type DefineCommand = <Options extends object>(definition: CommandDefinition<Options>) => void;

export interface CommandDefinition<Options extends object> {
  readonly name: string;
  readonly description: string;
  readonly prepare?: (command: Command) => Command;
  readonly run: (call: { context: CommandContext; options: Options; argument: string; rest: readonly string[] }) => Promise<ExitCode>;
}

export function createCommandDefiner(request: { program: Command; request: ProgramRequest }): DefineCommand {
  const { program, request: parts } = request;
  return <Options extends object>({ name, description, prepare, run }: CommandDefinition<Options>) => {
    const command = program.command(name).description(description);
    (prepare?.(command) ?? command)
      .option("--config <file>", "the configuration; default: volenti.config.mts in this folder")
      .option("--json", "print for programs")
      .action(async (...values: unknown[]) => {
        const options = command.opts<Options & { config?: string; json?: boolean }>();
        const { terminal, folder, signals, exit, finish } = parts;
        const context = { terminal, folder, signals, exit, configurationFile: options.config, json: options.json === true };
        const [argument = "", ...rest] = values.flat().filter((value) => typeof value === "string");
        finish(await run({ context, options, argument, rest }));
      });
  };
}
