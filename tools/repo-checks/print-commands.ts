import { createProgram } from "../../packages/cli/src/program/create-program.ts";
import { createTerminal } from "../../packages/cli/src/terminal/terminal.ts";

// A process of its own, since the command's sources need their import condition: list-commands.ts starts it.
const program = createProgram({
  terminal: createTerminal({ arguments: [] }),
  folder: ".",
  signals: process,
  exit: () => undefined,
  finish: () => undefined,
});
const commands = program.commands.map((command) => ({
  name: command.name(),
  options: command.options.flatMap(({ long }) => (typeof long === "string" ? [long] : [])),
}));
process.stdout.write(JSON.stringify(commands));
