import { InvalidArgumentError } from "commander";
import { changesCommand } from "../commands/changes-command.ts";
import { collectCommand } from "../commands/collect-command.ts";
import { importCommand, type ImportOptions } from "../commands/import-command.ts";
import type { DefineCommand } from "./command-definer.ts";

interface CollectChoices {
  readonly dryRun?: boolean;
  readonly resume?: string;
  readonly concurrency?: number;
  readonly batchSize?: number;
}

/** What goes into the systems, and what people changed in them. */
export function defineCollect(define: DefineCommand): void {
  define<CollectChoices>({
    name: "collect <file>",
    description: "deliver NDJSON submissions of a file, or of standard input with -",
    prepare: (command) =>
      command
        .option("--dry-run", "show routes and what would be withheld; write nothing, contact nobody")
        .option("--resume <state>", "keep the place in the file in STATE, and go on from it")
        .option("--concurrency <n>", "batches under way at once", parseCount)
        .option("--batch-size <n>", "submissions a batch", parseCount),
    run: ({ context, options, argument }) => {
      const { dryRun = false, resume, concurrency, batchSize } = options;
      return collectCommand({ context, options: { file: argument, dryRun, resume, concurrency, batchSize } });
    },
  });
  define<ImportOptions>({
    name: "import <file>",
    description: "existing consents and profiles of a CSV file, or of standard input with -, as a map says what its columns mean",
    prepare: (command) =>
      command
        .requiredOption("--map <file>", "a JSON file: which column is what")
        .option("--dry-run", "show routes, what would be withheld and which grants lack their proof; write nothing, contact nobody")
        .option("--resume <state>", "keep the place in the file in STATE, and go on from it")
        .option("--concurrency <n>", "batches under way at once", parseCount)
        .option("--batch-size <n>", "submissions a batch", parseCount),
    run: ({ context, options, argument }) => importCommand({ context, file: argument, options }),
  });
  define<{ since?: string; country?: string }>({
    name: "changes <destination>",
    description: "what people changed in a destination itself, as submissions for collect -",
    prepare: (command) =>
      command
        .option("--since <cursor>", "go on where an earlier run ended")
        .option("--country <code>", "the country of people whose record names none; default: the controller's"),
    run: ({ context, options, argument }) =>
      changesCommand({ context, options: { destination: argument, since: options.since, country: options.country } }),
  });
}

function parseCount(text: string): number {
  const count = Number(text);
  if (!Number.isSafeInteger(count) || count < 1 || count > 10_000) throw new InvalidArgumentError("not a count");
  return count;
}
