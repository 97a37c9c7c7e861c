import { Command, InvalidArgumentError, Option } from "commander";
import manifest from "../package.json" with { type: "json" };
import type { KeyKind } from "@volenti/core/adapter";
import type { CommandContext } from "./command-context.ts";
import { changesCommand } from "./commands/changes-command.ts";
import { collectCommand } from "./commands/collect-command.ts";
import { doctorCommand } from "./commands/doctor-command.ts";
import { emulateCommand } from "./commands/emulate-command.ts";
import { eraseCommand } from "./commands/erase-command.ts";
import { initCommand } from "./commands/init-command.ts";
import { KEY_KINDS, keysCommand } from "./commands/keys-command.ts";
import { linkCommand } from "./commands/link-command.ts";
import { lockCommand } from "./commands/lock-command.ts";
import { provisionCommand } from "./commands/provision-command.ts";
import { showCommand } from "./commands/show-command.ts";
import { verifyCommand, type VerifyOptions } from "./commands/verify-command.ts";
import type { ExitCode } from "./exit-code.ts";
import { addPersonOptions, type PersonOptions } from "./person/person-options.ts";

type ProgramRequest = Pick<CommandContext, "terminal" | "folder" | "signals" | "exit"> & {
  /** Told the exit code of the command that ran. */
  readonly finish: (code: ExitCode) => void;
};

/** Every option of every command, as commander answers them. */
interface ProgramOptions extends PersonOptions, VerifyOptions {
  readonly config?: string;
  readonly json?: boolean;
  readonly apply?: boolean;
  readonly dryRun?: boolean;
  readonly resume?: string;
  readonly since?: string;
  readonly concurrency?: number;
  readonly batchSize?: number;
  readonly public?: boolean;
  readonly rotate?: KeyKind;
  readonly test?: boolean;
  readonly list?: boolean;
  readonly country?: string;
  readonly contractTests?: string;
  readonly port?: number;
  readonly source?: string;
}

/** Every command with its options; running one answers its exit code through `finish`. */
export function createProgram(request: ProgramRequest): Command {
  const program = new Command("volenti")
    .description("What customers gave on purpose, written directly into your own systems.")
    .version(manifest.version)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void request.terminal.output.writeLine(text.trimEnd()).catch(() => undefined),
      // What the library says of an error repeats what was typed; see report-failure.ts.
      outputError: () => undefined,
      writeErr: (text) => request.terminal.tell(text.trimEnd()),
    })
    .showSuggestionAfterError();
  const define = createDefine({ program, request });
  defineSetUp({ define });
  defineCollect({ define });
  defineCustody({ define });
  definePerson({ define });
  defineEmulate({ define });
  return program;
}

type Define = (definition: {
  name: string;
  description: string;
  prepare?: (command: Command) => Command;
  run: (call: { context: CommandContext; options: ProgramOptions; argument: string }) => Promise<ExitCode>;
}) => void;

/** Gives every command `--config` and `--json`, and its context. */
function createDefine(request: { program: Command; request: ProgramRequest }): Define {
  const { program, request: parts } = request;
  return ({ name, description, prepare, run }) => {
    const command = program.command(name).description(description);
    (prepare?.(command) ?? command)
      .option("--config <file>", "the configuration; default: volenti.config.mts in this folder")
      .option("--json", "print for programs")
      .action(async (...values: unknown[]) => {
        const options: ProgramOptions = command.opts();
        const { terminal, folder, signals, exit, finish } = parts;
        const context = { terminal, folder, signals, exit, configurationFile: options.config, json: options.json === true };
        finish(await run({ context, options, argument: typeof values[0] === "string" ? values[0] : "" }));
      });
  };
}

function defineSetUp({ define }: { define: Define }): void {
  define({
    name: "init",
    description: "write a working configuration, keys and a sample file into this folder",
    run: ({ context }) => initCommand({ context }),
  });
  define({
    name: "doctor",
    description: "reach every destination, and say what is or will go wrong",
    prepare: (command) =>
      command.option("--contract-tests <destination>", "find out what is undocumented of a destination, by a record of its own that stays behind, closed"),
    run: ({ context, options }) => doctorCommand({ context, contractTests: options.contractTests }),
  });
  define({
    name: "provision <destination>",
    description: "the plan of what a destination lacks; applied only with --apply",
    prepare: (command) => command.option("--apply", "apply the plan"),
    run: ({ context, options, argument }) =>
      provisionCommand({ context, destination: argument, apply: options.apply === true }),
  });
  define({
    name: "link <destination>",
    description: "match the customers a destination held before to ours; written only with --apply",
    prepare: (command) =>
      command
        .option("--apply", "write the refs of those who match")
        .option("--list", "list the records that are not linked, by their ids")
        .option("--country <code>", "the country of customers whose record names none"),
    run: ({ context, options, argument }) => {
      const { apply = false, list = false, country } = options;
      return linkCommand({ context, options: { destination: argument, apply, list, country } });
    },
  });
}

function defineCollect({ define }: { define: Define }): void {
  define({
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
  define({
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

function defineCustody({ define }: { define: Define }): void {
  define({
    name: "lock",
    description: "write volenti.lock.json: digests of purposes and notices by version",
    run: ({ context }) => lockCommand({ context }),
  });
  define({
    name: "keys",
    description: "list the keyring, publish its public keys, rotate",
    prepare: (command) =>
      command
        .option("--public", "print the public keys as a JWK set")
        .addOption(new Option("--rotate <kind>", "make a new key of this kind; the old one stays readable").choices(KEY_KINDS)),
    run: ({ context, options }) => keysCommand({ context, isPublic: options.public === true, rotate: options.rotate }),
  });
  define({
    name: "verify",
    description: "check signatures, proofs and chains; a receipt alone, offline",
    prepare: (command) =>
      command
        .addOption(new Option("--receipt <file>", "a receipt, or a line of collect --json; - reads standard input").conflicts("destination"))
        .option("--destination <id>", "everything that one destination holds; default: all of them")
        .option("--keys <file>", "a JWK set, as volenti keys --public prints it; default: the keyring's"),
    run: ({ context, options }) => verifyCommand({ context, options }),
  });
}

function definePerson({ define }: { define: Define }): void {
  define({
    name: "show",
    description: "one person's profile and consents, destination by destination and merged",
    prepare: addPersonOptions,
    run: ({ context, options }) => showCommand({ context, options }),
  });
  define({
    name: "erase",
    description: "erase one person everywhere, or with --test all test persons",
    prepare: (command) => addPersonOptions(command).option("--test", "erase every test person"),
    run: ({ context, options }) => eraseCommand({ context, options }),
  });
}

function defineEmulate({ define }: { define: Define }): void {
  define({
    name: "emulate <system>",
    description: "a stand-in of salesforce or cegid-retail on loopback, to develop without an account",
    prepare: (command) =>
      command
        .option("--port <n>", "where to listen; default: a free port", parsePort)
        .option("--source <dir>", "of salesforce: an SFDX source folder that the org starts with, its permission sets assigned"),
    run: ({ context, options, argument }) => {
      const { port, source } = options;
      return emulateCommand({ context, options: { system: argument, port, source } });
    },
  });
}

function parsePort(text: string): number {
  const port = Number(text);
  if (text.trim() === "" || !Number.isSafeInteger(port) || port < 0 || port > 65_535) throw new InvalidArgumentError("not a port");
  return port;
}

function parseCount(text: string): number {
  const count = Number(text);
  if (!Number.isSafeInteger(count) || count < 1 || count > 10_000) throw new InvalidArgumentError("not a count");
  return count;
}
