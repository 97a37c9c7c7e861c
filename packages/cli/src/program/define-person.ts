import { eraseCommand } from "../commands/erase-command.ts";
import { showCommand } from "../commands/show-command.ts";
import { addPersonOptions, type PersonOptions } from "../person/person-options.ts";
import type { DefineCommand } from "./command-definer.ts";

/** One person, over all systems. */
export function definePerson(define: DefineCommand): void {
  define<PersonOptions>({
    name: "show",
    description: "one person's profile and consents, destination by destination and merged",
    prepare: addPersonOptions,
    run: ({ context, options }) => showCommand({ context, options }),
  });
  define<PersonOptions & { test?: boolean }>({
    name: "erase",
    description: "erase one person everywhere, or with --test all test persons",
    prepare: (command) => addPersonOptions(command).option("--test", "erase every test person"),
    run: ({ context, options }) => eraseCommand({ context, options }),
  });
}
