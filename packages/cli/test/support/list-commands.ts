import type { Command } from "commander";
import { createProgram } from "../../src/program/create-program.ts";
import { createTerminal } from "../../src/terminal/terminal.ts";

/** Every command that the program has, as it describes them; none is run. */
export function listCommands(): readonly Command[] {
  const program = createProgram({ terminal: createTerminal({ arguments: [] }), folder: ".", signals: process, exit: () => undefined, finish: () => undefined });
  return program.commands;
}
