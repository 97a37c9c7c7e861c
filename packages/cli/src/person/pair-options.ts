import type { Command } from "commander";
import type { Volenti } from "@volenti/core";
import type { Identifier, IdentifierKind } from "@volenti/core/adapter";
import { readInput } from "../terminal/read-input.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { UsageError } from "../usage-error.ts";

/** The options that name two people, as commander answers them. */
export type PairOptions = { readonly [Option in PairOption]?: string };

type PairOption = `${Side}${Capitalize<Kind>}`;
type Side = "into" | "from";
type Kind = (typeof KINDS)[number];

const KINDS = ["email", "phone", "loyaltyId", "token", "externalId"] as const satisfies readonly IdentifierKind[];
const FLAGS: Readonly<Record<Kind, string>> = { email: "email", phone: "phone", loyaltyId: "loyalty-id", token: "token", externalId: "external-id" };
const MAXIMUM_LENGTH = 4096;

/** Adds `--into-email` to `--into-external-id` and `--from-email` to `--from-external-id`. */
export function addPairOptions(command: Command): Command {
  for (const kind of KINDS) {
    command
      .option(`--into-${FLAGS[kind]} <value>`, "the person who goes on; - reads a line of standard input")
      .option(`--from-${FLAGS[kind]} <value>`, "the person who is merged into them; - reads the next line of standard input");
  }
  return command;
}

/** The two people whom exactly one option each names; standard input holds the survivor's line first. Never repeats a value. */
export async function readPair(request: {
  options: PairOptions;
  terminal: Pick<Terminal, "input">;
  volenti: Pick<Volenti, "normaliseIdentifier">;
}): Promise<{ readonly into: Identifier; readonly from: Identifier }> {
  const { options, terminal, volenti } = request;
  const [into, from] = [nameOf({ options, side: "into" }), nameOf({ options, side: "from" })];
  const isRead = into.value === "-" || from.value === "-";
  const lines = isRead ? (await readInput({ input: terminal.input, maximumLength: MAXIMUM_LENGTH })).replace(/^\uFEFF/, "").split(/\r?\n/) : [];
  const valueOf = (name: { value: string }): string => (name.value === "-" ? (lines.shift() ?? "") : name.value);
  return { into: normalise({ ...into, value: valueOf(into), volenti }), from: normalise({ ...from, value: valueOf(from), volenti }) };
}

function nameOf(request: { options: PairOptions; side: Side }): { kind: Kind; value: string } {
  const { options, side } = request;
  const [name, ...others] = KINDS.flatMap((kind) => {
    const value = options[`${side}${kind.charAt(0).toUpperCase()}${kind.slice(1)}` as PairOption];
    return value === undefined ? [] : [{ kind, value }];
  });
  if (name !== undefined && others.length === 0) return name;
  throw new UsageError({ code: "personRequired", sentence: "name two people: one --into-KIND and one --from-KIND, with - to read a line of standard input each" });
}

function normalise(request: { kind: Kind; value: string; volenti: Pick<Volenti, "normaliseIdentifier"> }): Identifier {
  const { kind, value, volenti } = request;
  const identifier = volenti.normaliseIdentifier({ kind, value });
  if (identifier !== null) return identifier;
  throw new UsageError({ code: "invalidIdentifier", sentence: `a value is no ${kind} that a submission could hold` });
}
