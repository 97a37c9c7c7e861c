import { auditCommand, type AuditOptions } from "../commands/audit-command.ts";
import { showCommand, type ShowOptions } from "../commands/show-command.ts";
import { eraseCommand, type EraseOptions } from "../commands/erase-command.ts";
import { addPersonOptions } from "../person/person-options.ts";
import { addViewerOptions } from "../person/viewer-options.ts";
import type { DefineCommand } from "./command-definer.ts";

/** One person, over all systems. */
export function definePerson(define: DefineCommand): void {
  define<ShowOptions>({
    name: "show",
    description: "one person's profile and consents, destination by destination and merged",
    prepare: (command) =>
      addViewerOptions(addPersonOptions(command)).option("--locale <tag>", "of purposes' labels; default: English, else the first"),
    run: ({ context, options }) => showCommand({ context, options }),
  });
  define<AuditOptions>({
    name: "audit",
    description: "who looked at a person through Volenti, or at everybody",
    prepare: (command) =>
      addPersonOptions(command)
        .option("--since <instant>", "from then on: a date, or an instant with its zone")
        .option("--until <instant>", "before then"),
    run: ({ context, options }) => auditCommand({ context, options }),
  });
  define<EraseOptions>({
    name: "erase",
    description: "erase one person everywhere, all test persons, or after a restore everybody of the erasure log again",
    prepare: (command) =>
      addPersonOptions(command)
        .option("--test", "erase every test person")
        .option("--replay <log>", "erase again everybody whom this erasure log names: after the restore of a backup, before traffic opens")
        .option("--log <file>", "the erasure log to write to; default: the configuration's, else .volenti/erasures.ndjson beside it"),
    run: ({ context, options }) => eraseCommand({ context, options }),
  });
}
