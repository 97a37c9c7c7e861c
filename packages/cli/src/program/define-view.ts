import { Option } from "commander";
import { auditCommand, type AuditOptions } from "../commands/audit-command.ts";
import { exportCommand, type ExportOptions } from "../commands/export-command.ts";
import { mergeCommand, type MergeOptions } from "../commands/merge-command.ts";
import { showCommand, type ShowOptions } from "../commands/show-command.ts";
import { addPairOptions } from "../person/pair-options.ts";
import { addPersonOptions } from "../person/person-options.ts";
import { addViewerOptions } from "../person/viewer-options.ts";
import type { DefineCommand } from "./command-definer.ts";

/** Looks at one person, over all systems; who looked; and who turns out to be somebody else. */
export function defineView(define: DefineCommand): void {
  define<ShowOptions>({
    name: "show",
    description: "one person's profile and consents, destination by destination and merged",
    prepare: (command) =>
      addViewerOptions(addPersonOptions(command)).option("--locale <tag>", "of purposes' labels; default: English, else the first"),
    run: ({ context, options }) => showCommand({ context, options }),
  });
  define<ExportOptions>({
    name: "export",
    description: "what one person gave, over all destinations, as a file to take along",
    prepare: (command) =>
      addViewerOptions(addPersonOptions(command))
        .requiredOption("--out <file>", "the file to write, readable for its owner alone")
        .addOption(new Option("--format <format>", "of the file").choices(["json", "csv"]).default("json"))
        .option("--partial", "release what could be read where a destination could not be")
        .option("--force", "replace a file that is there already")
        .option("--locale <tag>", "of purposes' labels; default: English, else the first"),
    run: ({ context, options }) => exportCommand({ context, options }),
  });
  defineMerge(define);
  defineAudit(define);
}

function defineMerge(define: DefineCommand): void {
  define<MergeOptions>({
    name: "merge",
    description: "make two people one: histories stay, and what either refuses stays refused",
    prepare: (command) => addViewerOptions(addPairOptions(command)).option("--country <code>", "where they live, if the ledger does not know"),
    run: ({ context, options }) => mergeCommand({ context, options }),
  });
}

function defineAudit(define: DefineCommand): void {
  define<AuditOptions>({
    name: "audit",
    description: "who looked at a person through Volenti, or at everybody",
    prepare: (command) =>
      addPersonOptions(command)
        .option("--since <instant>", "from then on: a date, or an instant with its zone")
        .option("--until <instant>", "before then"),
    run: ({ context, options }) => auditCommand({ context, options }),
  });
}
