import { Option, type Command } from "commander";
import { CONSENT_ANSWERS } from "@volenti/governance";
import { policyCommand, type PolicyOptions } from "../commands/policy-command.ts";
import { releaseCommand, type ReleaseOptions } from "../commands/release-command.ts";
import { addPersonOptions } from "../person/person-options.ts";
import { addViewerOptions } from "../person/viewer-options.ts";
import type { DefineCommand } from "./command-definer.ts";

/** Who may be given what, and why. */
export function definePolicy(define: DefineCommand): void {
  define<ReleaseOptions>({
    name: "release",
    description: "what a partner, destination or till may be given of one person now, and why",
    prepare: (command) =>
      addQuestionOptions(addViewerOptions(addPersonOptions(command))).requiredOption("--recipient <name>", "a partner, a destination, or till:STORE"),
    run: ({ context, options }) => releaseCommand({ context, options }),
  });
  define<PolicyOptions>({
    name: "policy <action> [files...]",
    description: "explain the release policy, test it by a table of expectations, diff two of them, export it",
    prepare: (command) =>
      addQuestionOptions(addViewerOptions(addPersonOptions(command)))
        .option("--recipient <name>", "of explain: a partner, a destination, or till:STORE")
        .option("--attribute <name>", "of explain: this one alone, with what became of every rule")
        .option("--country <code>", "as --jurisdiction")
        .addOption(new Option("--consent <answer>", "of explain, without a person: what stands for the purpose; default: unknown").choices(CONSENT_ANSWERS)),
    run: ({ context, options, argument, rest }) => policyCommand({ context, options, action: argument, files: rest }),
  });
}

function addQuestionOptions(command: Command): Command {
  return command
    .option("--purpose <key>", "for this purpose alone; default: any")
    .option("--jurisdiction <code>", "where the person is, where the record does not say it: FR, US-CA")
    .addOption(new Option("--age-band <band>", "how old the person is, where the record does not say it").choices(["under13", "13-15", "16-17", "adult", "unknown"]));
}
