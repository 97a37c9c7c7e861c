import { retentionCommand } from "../commands/retention-command.ts";
import type { DefineCommand } from "./command-definer.ts";

/** Everybody whom the systems hold, and what the configuration says about them. */
export function definePopulation(define: DefineCommand): void {
  define<{ apply?: boolean; list?: boolean }>({
    name: "retention",
    description: "what has outlived its purpose, by destination, purpose and country; erased or masked only with --apply",
    prepare: (command) =>
      command
        .option("--apply", "erase whom every purpose is over for, and mask attributes that no purpose needs any more")
        .option("--list", "list the people by their refs, with names of attributes"),
    run: ({ context, options }) => retentionCommand({ context, options: { apply: options.apply === true, list: options.list === true } }),
  });
}
