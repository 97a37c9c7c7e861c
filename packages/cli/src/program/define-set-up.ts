import { doctorCommand } from "../commands/doctor-command.ts";
import { initCommand } from "../commands/init-command.ts";
import { linkCommand } from "../commands/link-command.ts";
import { provisionCommand } from "../commands/provision-command.ts";
import { reassertCommand } from "../commands/reassert-command.ts";
import type { DefineCommand } from "./command-definer.ts";

/** A configuration, and the systems that it names. */
export function defineSetUp(define: DefineCommand): void {
  define({
    name: "init",
    description: "write a working configuration, keys and a sample file into this folder",
    run: ({ context }) => initCommand({ context }),
  });
  define<{ contractTests?: string }>({
    name: "doctor",
    description: "reach every destination, and say what is or will go wrong",
    prepare: (command) =>
      command.option("--contract-tests <destination>", "find out what is undocumented of a destination, by a record of its own that stays behind, closed"),
    run: ({ context, options }) => doctorCommand({ context, contractTests: options.contractTests }),
  });
  define<{ apply?: boolean }>({
    name: "provision <destination>",
    description: "the plan of what a destination lacks; applied only with --apply",
    prepare: (command) => command.option("--apply", "apply the plan"),
    run: ({ context, options, argument }) =>
      provisionCommand({ context, destination: argument, apply: options.apply === true }),
  });
  define<{ apply?: boolean; list?: boolean; country?: string }>({
    name: "link <destination>",
    description: "match the customers a destination held before to ours; written only with --apply",
    prepare: (command) =>
      command
        .option("--apply", "write the refs of those who match")
        .option("--list", "list the records that are not linked, by their ids")
        .option("--country <code>", "the country of customers whose record names none"),
    run: ({ context, options, argument }) => {
      const { apply = false, list = false, country } = options;
      return linkCommand({ context, options: { destination: argument, apply, list, country } });
    },
  });
  define({
    name: "reassert <destination>",
    description: "look once more at the refusals that a destination planned to look at by now",
    run: ({ context, argument }) => reassertCommand({ context, options: { destination: argument } }),
  });
}
