import { resolve } from "node:path";
import { createGovernance, recordsAsMarkdown } from "@volenti/governance";
import type { CommandContext } from "../command-context.ts";
import { EXIT_CODE, type ExitCode } from "../exit-code.ts";
import { withVolenti } from "../open-volenti.ts";
import { ensureFree, writePrivateFile } from "../person/private-file.ts";

export interface RecordsOptions {
  readonly format: "markdown" | "json";
  readonly out: string | undefined;
  /** Whether a file that is there is replaced. */
  readonly force: boolean;
}

/** `volenti records`: contacts no destination. `--json` is `--format json`. */
export function recordsCommand(request: { context: CommandContext; options: RecordsOptions }): Promise<ExitCode> {
  const { context, options } = request;
  return withVolenti({ context }, async ({ volenti }) => {
    const records = createGovernance(volenti).records();
    const isJson = context.json || options.format === "json";
    const text = isJson ? JSON.stringify(records) : recordsAsMarkdown(records).trimEnd();
    if (options.out === undefined) await context.terminal.output.writeLine(text);
    else await write({ path: resolve(context.folder, options.out), mayReplace: options.force, text: `${text}\n` });
    return EXIT_CODE.delivered;
  });
}

async function write(target: { path: string; mayReplace: boolean; text: string }): Promise<void> {
  await ensureFree(target);
  await writePrivateFile(target);
}
