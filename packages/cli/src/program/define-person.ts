import { eraseCommand, type EraseOptions } from "../commands/erase-command.ts";
import { addPersonOptions } from "../person/person-options.ts";
import { addRequestOptions } from "../rights/request-options.ts";
import type { DefineCommand } from "./command-definer.ts";

/** What is done to one person's data, over all systems. */
export function definePerson(define: DefineCommand): void {
  define<EraseOptions>({
    name: "erase",
    description: "erase one person everywhere, all test persons, or after a restore everybody of the erasure log again",
    prepare: (command) =>
      addRequestOptions(addPersonOptions(command))
        .option("--test", "erase every test person")
        .option("--replay <log>", "erase again everybody whom this erasure log names: after the restore of a backup, before traffic opens")
        .option("--log <file>", "the erasure log to write to; default: the configuration's, else .volenti/erasures.ndjson beside it"),
    run: ({ context, options }) => eraseCommand({ context, options }),
  });
}
