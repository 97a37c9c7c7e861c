import type { Command } from "commander";
import type { Volenti } from "@volenti/core";
import type { Identifier, IdentifierKind } from "@volenti/core/adapter";
import { readInputLine } from "../terminal/read-input.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { UsageError } from "../usage-error.ts";

/** The options that name a person, as commander answers them. */
export interface PersonOptions {
  email?: string;
  phone?: string;
  loyaltyId?: string;
  token?: string;
  externalId?: string;
}

const KINDS = ["email", "phone", "loyaltyId", "token", "externalId"] as const satisfies readonly IdentifierKind[];
const MAXIMUM_LENGTH = 1024;

/** Adds `--email`, `--phone`, `--loyalty-id`, `--token` and `--external-id` to a command. */
export function addPersonOptions(command: Command): Command {
  return command
    .option("--email <value>", "by e-mail address; - reads it from standard input, where no process list shows it")
    .option("--phone <value>", "by telephone number, E.164; - as above")
    .option("--loyalty-id <value>", "by loyalty number; - as above")
    .option("--token <value>", "by token; - as above")
    .option("--external-id <value>", "by the brand's own number; - as above");
}

/** Whether any option names a person. */
export function namesPerson(options: PersonOptions): boolean {
  return KINDS.some((kind) => options[kind] !== undefined);
}

/** The person whom exactly one option names. Throws a `UsageError` that never repeats the value. */
export async function readPerson(request: {
  options: PersonOptions;
  terminal: Terminal;
  volenti: Pick<Volenti, "normaliseIdentifier">;
}): Promise<Identifier> {
  const text = await readPersonText(request);
  const identifier = request.volenti.normaliseIdentifier(text);
  if (identifier === null) {
    throw new UsageError({ code: "invalidIdentifier", sentence: `the value is no ${text.kind} that a submission could hold` });
  }
  return identifier;
}

/** The same, as it was typed: it may be none of its kind. */
export async function readPersonText(request: { options: PersonOptions; terminal: Terminal }): Promise<Identifier> {
  const { options, terminal } = request;
  const [kind, ...others] = KINDS.filter((candidate) => options[candidate] !== undefined);
  const given = kind === undefined ? undefined : options[kind];
  if (kind === undefined || given === undefined || others.length > 0) {
    throw new UsageError({
      code: "personRequired",
      sentence: "name one person: --email, --phone, --loyalty-id, --token or --external-id, with - to read it from standard input",
    });
  }
  const value = given === "-" ? await readInputLine({ input: terminal.input, maximumLength: MAXIMUM_LENGTH }) : given;
  return { kind, value };
}
