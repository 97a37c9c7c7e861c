import { access, appendFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { CONFIGURATION_FILE_NAMES, fileKeyring } from "@volenti/node";
import type { CommandContext } from "../command-context.ts";
import { EXIT_CODE, type ExitCode } from "../exit-code.ts";
import { CONFIGURATION_TEMPLATE } from "../init/configuration-template.ts";
import { NOTICE_TEMPLATES } from "../init/notice-templates.ts";
import { sampleSubmissions } from "../init/sample-submissions.ts";
import { UsageError } from "../usage-error.ts";

const KEY_FOLDER = ".volenti/keys";
const IGNORED = ".volenti/";

/** `volenti init`: a configuration that works at once. Refuses to overwrite anything, or to make keys in production, and then writes nothing. */
export async function initCommand(request: { context: CommandContext }): Promise<ExitCode> {
  const { context } = request;
  const { folder } = context;
  const files: readonly [string, string][] = [
    ["volenti.config.mts", CONFIGURATION_TEMPLATE],
    ...Object.entries(NOTICE_TEMPLATES),
    ["sample.ndjson", sampleSubmissions()],
  ];
  await refuseToOverwrite({ folder, names: [...CONFIGURATION_FILE_NAMES, ...files.map(([name]) => name)] });
  // The keys are made on first use; asking for their description is one. Nothing is written before they may be made.
  fileKeyring(join(folder, KEY_FOLDER)).describe();
  await ignoreState(folder);
  for (const [name, text] of files) await writeNew({ path: join(folder, name), text });
  await writeNextSteps({ context, written: [...files.map(([name]) => name), KEY_FOLDER, ".gitignore"] });
  return EXIT_CODE.delivered;
}

async function refuseToOverwrite(request: { folder: string; names: readonly string[] }): Promise<void> {
  const { folder, names } = request;
  const present: string[] = [];
  for (const name of new Set(names)) if (await isThere(join(folder, name))) present.push(name);
  if (present.length > 0) {
    throw new UsageError({ code: "filesPresent", sentence: `nothing was written, since this folder has ${present.join(", ")} already` });
  }
}

async function isThere(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}

async function writeNew(request: { path: string; text: string }): Promise<void> {
  await mkdir(dirname(request.path), { recursive: true });
  await writeFile(request.path, request.text, { flag: "wx" });
}

/** Keys and embedded stores must not reach a repository. */
async function ignoreState(folder: string): Promise<void> {
  const path = join(folder, ".gitignore");
  const present = (await isThere(path)) ? await readFile(path, "utf8") : "";
  if (present.split(/\r?\n/).some((line) => line.trim().replace(/^\//, "") === IGNORED)) return;
  const lineEnd = present === "" || present.endsWith("\n") ? "" : "\n";
  await appendFile(path, `${lineEnd}${IGNORED}\n`);
}

async function writeNextSteps(request: { context: CommandContext; written: readonly string[] }): Promise<void> {
  const { context, written } = request;
  const { output, paint } = context.terminal;
  if (context.json) {
    await output.writeLine(JSON.stringify({ written }));
    return;
  }
  for (const name of written) await output.writeLine(`${paint({ text: "wrote", tone: "ok" })} ${name}`);
  await output.writeLine("\nNext:");
  await output.writeLine("  volenti collect sample.ndjson --dry-run    where each line would go, and what would be withheld");
  await output.writeLine("  volenti collect sample.ndjson              deliver it; a second time changes nothing");
  await output.writeLine("  echo ines@example.com | volenti show --email -");
  await output.writeLine("  volenti doctor");
}
