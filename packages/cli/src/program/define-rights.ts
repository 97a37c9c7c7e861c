import { Option } from "commander";
import { RIGHTS_KINDS, type RightsKindHandled } from "@volenti/governance";
import { holdCommand, type HoldOptions } from "../commands/hold-command.ts";
import { requestsCommand, type RequestsOptions } from "../commands/requests-command.ts";
import { rightsCommand, type RightsOptions } from "../commands/rights-command.ts";
import { addPersonOptions } from "../person/person-options.ts";
import { addPurposeOption, addRequestOptions } from "../rights/request-options.ts";
import type { DefineCommand } from "./command-definer.ts";

const DECIDING = [
  { name: "object", kind: "object", description: "record that one person objects: to direct marketing, and to what rests on interests of the brand" },
  { name: "withdraw", kind: "withdraw", description: "withdraw one person's consents, or one of them" },
  { name: "optout", kind: "optOut", description: "stop the sale and sharing of one person's data" },
  { name: "limit", kind: "limit", description: "limit the use of one person's sensitive data" },
] as const satisfies readonly { name: string; kind: RightsKindHandled; description: string }[];

/** What people ask for by law. */
export function defineRights(define: DefineCommand): void {
  defineRequests(define);
  define<RightsOptions>({
    name: "rectify",
    description: "correct one person's profile in every destination",
    prepare: (command) => addRequestOptions(addPersonOptions(command)).option("--file <json>", "what is right: a profile as submissions have it; - reads standard input").option("--set <attribute=value>", "one attribute; shows in process lists", collect),
    run: ({ context, options }) => rightsCommand({ context, kind: "rectify", options }),
  });
  define<RightsOptions>({
    name: "restrict",
    description: "let one person's data rest, or end that with --lift",
    prepare: (command) => addRequestOptions(addPersonOptions(command)).option("--lift", "end the restriction"),
    run: ({ context, options }) => rightsCommand({ context, kind: "restrict", options }),
  });
  for (const { name, kind, description } of DECIDING) {
    define<RightsOptions>({
      name,
      description,
      prepare: (command) => addPurposeOption(addRequestOptions(addPersonOptions(command))),
      run: ({ context, options }) => rightsCommand({ context, kind, options }),
    });
  }
  define<HoldOptions>({
    name: "hold",
    description: "list one person's holds, set one that keeps an erasure off, or lift one",
    prepare: (command) =>
      addPersonOptions(command)
        .option("--law <text>", "the provision that asks to keep the data")
        .option("--reason <text>", "why, in words without a personal value")
        .option("--until <instant>", "when it ends by itself: a date, or an instant with its zone; default: no end known")
        .option("--scope <attributes>", "with commas between, address.* for groups; default: everything")
        .option("--lift <id>", "end this hold"),
    run: ({ context, options }) => holdCommand({ context, options }),
  });
}

function defineRequests(define: DefineCommand): void {
  define<RequestsOptions>({
    name: "requests [action] [id]",
    description: "what people asked for and by when: list, open, show, run, verify, pause, resume, extend, deny, revoke, fulfil, expire",
    prepare: (command) =>
      addPurposeOption(addRequestOptions(addPersonOptions(command)))
        .option("--all", "of list: ended ones too")
        .addOption(new Option("--kind <kind>", "of open: what is asked for").choices(RIGHTS_KINDS))
        .option("--lift", "of open with restrict: that the restriction ends")
        .option("--method <text>", "of verify: how the identity was verified")
        .addOption(new Option("--ground <ground>", "of pause: what is waited for; default: identity").choices(["identity", "clarification"]))
        .option("--reason <text>", "of pause, extend, revoke and fulfil: why; of deny: a reason of the Data Rights Protocol")
        .option("--note <text>", "of deny: why, in words")
        .option("--out <file>", "of run with access or portability: where the answer goes, readable by its owner alone")
        .addOption(new Option("--format <format>", "of run with portability and --out; default: json").choices(["json", "csv"]))
        .option("--file <json>", "of run with rectify: what is right")
        .option("--set <attribute=value>", "of run with rectify: one attribute; shows in process lists", collect),
    run: ({ context, options, argument, rest: [id] }) => requestsCommand({ context, action: argument, id, options }),
  });
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
