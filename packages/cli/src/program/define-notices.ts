import { Option } from "commander";
import { RECONSENT_ANSWERS, type ReconsentAnswer } from "@volenti/governance";
import { noticeCommand } from "../commands/notice-command.ts";
import { reconsentCommand } from "../commands/reconsent-command.ts";
import type { DefineCommand } from "./command-definer.ts";

/** What people are told, and who has to be asked again after it changed. */
export function defineNotices(define: DefineCommand): void {
  defineReconsent(define);
  defineNotice(define);
}

function defineNotice(define: DefineCommand): void {
  define<{ locale: string; layer: "first" | "full"; country?: string; format: "markdown" | "json"; out?: string; force?: boolean; strict?: boolean }>({
    name: "notice",
    description: "an information notice (GDPR article 13) from the configuration, with every item or a named gap",
    prepare: (command) =>
      command
        .requiredOption("--locale <locale>", "the language: fr, de-CH")
        .addOption(new Option("--layer <layer>", "the first layer, or the full text").choices(["first", "full"]).default("full"))
        .option("--country <code>", "whom it is for, such as FR or US-CA; default: the controller's country")
        .addOption(new Option("--format <format>", "how it is written").choices(["markdown", "json"]).default("markdown"))
        .option("--out <file>", "write it into a file that only you can read")
        .option("--force", "replace the file")
        .option("--strict", "exit with 1 where there is a gap"),
    run: ({ context, options }) => {
      const { locale, layer, country, format, out, force = false, strict = false } = options;
      return noticeCommand({ context, options: { locale, layer, country, format, out, force, strict } });
    },
  });
}

function defineReconsent(define: DefineCommand): void {
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
