import { InvalidArgumentError, Option } from "commander";
import { breachCommand } from "../commands/breach-command.ts";
import { contactsCommand } from "../commands/contacts-command.ts";
import { recordsCommand } from "../commands/records-command.ts";
import { retentionCommand } from "../commands/retention-command.ts";
import { statisticsCommand } from "../commands/statistics-command.ts";
import type { DefineCommand } from "./command-definer.ts";

/** Everybody whom the systems hold, and what the configuration says about them. */
export function definePopulation(define: DefineCommand): void {
  defineRetention(define);
  defineBreach(define);
  defineRecords(define);
  defineStatistics(define);
  defineContacts(define);
}

function defineContacts(define: DefineCommand): void {
  define<{ inactive?: string; list?: boolean }>({
    name: "contacts <destination>",
    description: "contacts of a destination that are invalid, missing, there twice or inactive; changes nothing",
    prepare: (command) =>
      command
        .option("--inactive <period>", "also people of whom nothing was decided or changed for so long, such as P2Y")
        .option("--list", "list the records by their ids, and the people by their refs"),
    run: ({ context, options, argument }) =>
      contactsCommand({ context, options: { destination: argument, inactive: options.inactive, list: options.list === true } }),
  });
}

function defineRetention(define: DefineCommand): void {
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

function defineBreach(define: DefineCommand): void {
  define<{ destination: string; since: string; until?: string; discoveredAt?: string; out?: string }>({
    name: "breach",
    description: "whom a destination held since the breach began, what of them, and by when whom must be told",
    prepare: (command) =>
      command
        .requiredOption("--destination <id>", "where the breach was")
        .requiredOption("--since <instant>", "when it began: a date, or an instant with its zone")
        .option("--until <instant>", "when it ended; default: now")
        .option("--discovered-at <instant>", "when you learnt of it: deadlines count from there; default: now")
        .option("--out <file>", "write the people's refs into a new file, a line each, that only you can read"),
    run: ({ context, options }) => {
      const { destination, since, until, discoveredAt, out } = options;
      return breachCommand({ context, options: { destination, since, until, discoveredAt, out } });
    },
  });
}

function defineRecords(define: DefineCommand): void {
  define<{ format: "markdown" | "json"; out?: string; force?: boolean }>({
    name: "records",
    description: "records of processing (GDPR article 30) and the retention schedule, from the configuration",
    prepare: (command) =>
      command
        .addOption(new Option("--format <format>", "how it is written").choices(["markdown", "json"]).default("markdown"))
        .option("--out <file>", "write it into a file that only you can read")
        .option("--force", "replace the file"),
    run: ({ context, options }) => recordsCommand({ context, options: { format: options.format, out: options.out, force: options.force === true } }),
  });
}

function defineStatistics(define: DefineCommand): void {
  define<{ destination?: string; minimum?: number }>({
    name: "statistics",
    description: "how many people of which country and age answered what, in groups that name nobody",
    prepare: (command) =>
      command
        .option("--destination <id>", "whose people; may be left out where one destination lists its people")
        .option("--minimum <n>", "the fewest people of a group; default: 10", parseMinimum),
    run: ({ context, options }) => statisticsCommand({ context, options: { destination: options.destination, minimum: options.minimum } }),
  });
}

function parseMinimum(text: string): number {
  const minimum = Number(text);
  if (!Number.isSafeInteger(minimum) || minimum < 2) throw new InvalidArgumentError("not a minimum");
  return minimum;
}
