import { CommanderError } from "commander";
import { ConfigurationError, ConnectorError } from "@volenti/core";
import { EXIT_CODE, type ExitCode } from "./exit-code.ts";
import { describeLockProblems, LockError } from "./lock-error.ts";
import { OutputError } from "./terminal/output-error.ts";
import { printable } from "./terminal/printable.ts";
import type { Terminal } from "./terminal/terminal.ts";
import { UsageError } from "./usage-error.ts";

const USAGE: Readonly<Record<string, string>> = {
  "commander.unknownCommand": "there is no such command",
  "commander.unknownOption": "there is no such option",
  "commander.excessArguments": "there are more arguments than the command takes",
  "commander.missingArgument": "an argument is missing",
  "commander.optionMissingArgument": "an option lacks its value",
  "commander.missingMandatoryOptionValue": "an option that the command needs is missing",
  "commander.invalidArgument": "an option's value is not one of those it takes",
  "commander.conflictingOption": "two options do not go together",
};

const ADVICE: Readonly<Record<string, string>> = {
  notProvisioned: "run volenti provision DESTINATION --apply",
  schemaOutdated: "run volenti provision DESTINATION --apply to upgrade it",
};

/** Says on standard error why a command could not go on, in codes and our own words, and answers the exit code. */
export function reportFailure(request: { error: unknown; terminal: Terminal }): ExitCode {
  const { error, terminal } = request;
  const tell = (text: string): void => terminal.tell(`${terminal.paintMessage({ text: "error", tone: "error" })} ${text}`);
  if (error instanceof CommanderError) return reportUsage({ error, tell });
  if (error instanceof UsageError) {
    // A sentence may name what the brand calls its own columns and purposes.
    tell(printable(`${error.message} (${error.code})`));
    return EXIT_CODE.misconfigured;
  }
  if (error instanceof OutputError) {
    tell(error.message);
    return EXIT_CODE.undelivered;
  }
  if (error instanceof LockError) {
    tell(`${error.message}:`);
    for (const sentence of describeLockProblems(error.comparison)) terminal.tell(`  ${sentence}`);
    return EXIT_CODE.misconfigured;
  }
  if (ConfigurationError.isInstance(error)) {
    tell("the configuration cannot be used:");
    for (const { path, code } of error.problems) terminal.tell(printable(`  ${path === "" ? "(root)" : path}: ${code}`));
    return EXIT_CODE.misconfigured;
  }
  if (ConnectorError.isInstance(error)) {
    const advice = ADVICE[error.providerCode ?? ""];
    tell(advice === undefined ? describeConnectorError(error) : `${describeConnectorError(error)}: ${advice}`);
    return isMisconfiguration(error) ? EXIT_CODE.misconfigured : EXIT_CODE.undelivered;
  }
  tell(`something unforeseen went wrong: ${describeUnforeseen(error)}`);
  return EXIT_CODE.undelivered;
}

/** Codes, and the names of our own fields; a connector's error holds nothing else. */
export function describeConnectorError(error: ConnectorError): string {
  const provider = error.providerCode === undefined ? "" : ` ${error.providerCode}`;
  const fields = error.fieldNames === undefined ? "" : ` (${error.fieldNames.join(", ")})`;
  return `${error.connectorId} ${error.operation}: ${error.code}${provider}${fields}`;
}

/** Whether a person has to change something before it can work, rather than wait. */
export function isMisconfiguration(error: Pick<ConnectorError, "code">): boolean {
  return ["invalidConfiguration", "unauthenticated", "forbidden", "versionMismatch"].includes(error.code);
}

function reportUsage(request: { error: CommanderError; tell: (text: string) => void }): ExitCode {
  const { error, tell } = request;
  // Help and --version end the run with the library's own "error" of code 0.
  if (error.exitCode === 0) return EXIT_CODE.delivered;
  if (error.code === "commander.help") return EXIT_CODE.misconfigured;
  // The library's message repeats what was typed, which may be a person's address; its suggestions are our own words.
  const suggestion = /\(Did you mean (?:one of )?([a-z, -]+)\?\)/.exec(error.message)?.[1];
  const sentence = USAGE[error.code] ?? "the command was not understood";
  tell(`${sentence}${suggestion === undefined ? "" : `; did you mean ${suggestion}?`} See: volenti --help`);
  return EXIT_CODE.misconfigured;
}

/** The kind and the place of an error nobody thought of: its message may quote a person, so it is left out. */
function describeUnforeseen(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const code = (error as { code?: unknown }).code;
  const name = typeof code === "string" && /^[A-Z0-9_]{1,40}$/.test(code) ? code : error.constructor.name;
  const stack = error.stack ?? "";
  // Behind the message, which may have lines of its own that look like places.
  const places = stack.slice(stack.indexOf(error.message) + error.message.length).split("\n").filter((line) => /^\s+at /.test(line));
  return [name, ...places.slice(0, 4)].join("\n");
}
