import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { CommandContext } from "../command-context.ts";
import { readInput } from "../terminal/read-input.ts";
import { UsageError } from "../usage-error.ts";

const MAXIMUM_LENGTH = 2_000_000;

/** The receipt in a file or, for `-`, on standard input: the text itself, or a line of `collect --json` that holds it. */
export async function readReceipt(request: {
  context: Pick<CommandContext, "terminal" | "folder">;
  file: string;
}): Promise<string> {
  const { context, file } = request;
  const text =
    file === "-"
      ? await readInput({ input: context.terminal.input, maximumLength: MAXIMUM_LENGTH })
      : await readText({ path: resolve(context.folder, file), option: "--receipt" });
  const trimmed = text.trim();
  return trimmed.startsWith("{") ? (receiptIn(trimmed) ?? trimmed) : trimmed;
}

/** A FILE argument's text. Throws a `UsageError` that names the option, not the file. */
export async function readText(request: { path: string; option: string }): Promise<string> {
  try {
    return await readFile(request.path, "utf8");
  } catch {
    throw new UsageError({ code: "unreadableFile", sentence: `the file of ${request.option} cannot be read` });
  }
}

function receiptIn(text: string): string | null {
  try {
    const { receipt } = JSON.parse(text) as { receipt?: unknown };
    return typeof receipt === "string" ? receipt : null;
  } catch {
    return null;
  }
}
