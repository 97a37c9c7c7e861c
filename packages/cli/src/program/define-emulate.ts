import { InvalidArgumentError } from "commander";
import { emulateCommand } from "../commands/emulate-command.ts";
import type { DefineCommand } from "./command-definer.ts";

/** Stand-ins to develop with. */
export function defineEmulate(define: DefineCommand): void {
  define<{ port?: number; source?: string }>({
    name: "emulate <system>",
    description: "a stand-in of salesforce or cegid-retail on loopback, to develop without an account",
    prepare: (command) =>
      command
        .option("--port <n>", "where to listen; default: a free port", parsePort)
        .option("--source <dir>", "of salesforce: an SFDX source folder that the org starts with, its permission sets assigned"),
    run: ({ context, options, argument }) => {
      const { port, source } = options;
      return emulateCommand({ context, options: { system: argument, port, source } });
    },
  });
}

function parsePort(text: string): number {
  const port = Number(text);
  if (text.trim() === "" || !Number.isSafeInteger(port) || port < 0 || port > 65_535) throw new InvalidArgumentError("not a port");
  return port;
}
