import { Option } from "commander";
import { RECONSENT_ANSWERS, type ReconsentAnswer } from "@volenti/governance";
import { reconsentCommand } from "../commands/reconsent-command.ts";
import type { DefineCommand } from "./command-definer.ts";

/** What people are told, and who has to be asked again after it changed. */
export function defineNotices(define: DefineCommand): void {
  define<{ notice?: string; version?: string; purpose?: string; list?: boolean; answer: ReconsentAnswer; out?: string }>({
    name: "reconsent",
    description: "who must be asked again after a notice or a purpose changed; changes nothing",
    prepare: (command) =>
      command
        .option("--notice <id>", "the notice by which people would be asked")
        .option("--version <version>", "its version")
        .option("--purpose <key>", "this purpose alone; without a notice: by its current version")
        .option("--list", "list the people by their refs, a line a purpose and channel")
        .addOption(new Option("--answer <answer>", "whom --list lists").choices(RECONSENT_ANSWERS).default("askAgain"))
        .option("--out <file>", "write who must be asked again into a new file, as NDJSON, that only you can read"),
    run: ({ context, options }) => {
      const { notice, version, purpose, list = false, answer, out } = options;
      return reconsentCommand({ context, options: { notice, version, purpose, list, answer, out } });
    },
  });
}
