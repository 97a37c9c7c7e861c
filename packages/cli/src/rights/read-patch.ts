import { resolve } from "node:path";
import type { CommandContext } from "../command-context.ts";
import { readInput } from "../terminal/read-input.ts";
import { UsageError } from "../usage-error.ts";
import { readText } from "../verify/read-receipt.ts";

/** Where the values of a correction come from. `set` ends up in process lists and shell histories; `file` does not. */
export interface PatchOptions {
  file?: string;
  set?: string[];
}

const MAXIMUM_LENGTH = 200_000;
const UNSAFE: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

/** A profile patch as submissions hold it; null where none is given. Throws a `UsageError` that repeats no value. */
export async function readPatch(request: {
  context: Pick<CommandContext, "terminal" | "folder">;
  options: PatchOptions;
}): Promise<Readonly<Record<string, unknown>> | undefined> {
  const { context, options } = request;
  const { file, set = [] } = options;
  if (file === undefined) return set.length === 0 ? undefined : toProfile(set);
  if (set.length > 0) throw new UsageError({ code: "contradiction", sentence: "the values are in a file, or given with --set: not both" });
  const text =
    file === "-"
      ? await readInput({ input: context.terminal.input, maximumLength: MAXIMUM_LENGTH })
      : await readText({ path: resolve(context.folder, file), option: "--file" });
  return parseObject(text);
}

function parseObject(text: string): Readonly<Record<string, unknown>> {
  const value = parse(text);
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  throw new UsageError({ code: "malformedProfile", sentence: "--file holds one JSON object: a profile as submissions have it" });
}

/** `name=text`, `name=` to clear, `name:=json` for what is no text; `address.postalCode` is a member of the address. */
function toProfile(entries: readonly string[]): Readonly<Record<string, unknown>> {
  const profile: Record<string, unknown> = {};
  const address: Record<string, unknown> = {};
  for (const entry of entries) {
    const [, name, operator, text] = /^([A-Za-z][A-Za-z0-9_]*(?:\.[A-Za-z][A-Za-z0-9_]*)?)(:?=)(.*)$/su.exec(entry) ?? [];
    const value = operator === ":=" ? parse(text ?? "") : text === "" ? null : text;
    const [first = "", member, ...others] = (name ?? "").split(".");
    const isAddress = first === "address" && member !== undefined && others.length === 0;
    if (first === "" || value === undefined || UNSAFE.has(member ?? first) || (member !== undefined && !isAddress)) {
      throw new UsageError({ code: "malformedSetting", sentence: "--set takes attribute=value, attribute= to clear, or attribute:=JSON" });
    }
    if (isAddress) address[member] = value;
    else profile[first] = value;
  }
  return Object.keys(address).length === 0 ? profile : { ...profile, address };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
