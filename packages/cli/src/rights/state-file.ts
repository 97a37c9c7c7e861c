import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { writeFileAtomically } from "@volenti/node";
import type { Governance, RightsAnswer, RightsKindHandled, RightsRequest } from "@volenti/governance";
import type { CommandContext } from "../command-context.ts";
import { UsageError } from "../usage-error.ts";

/** Of its owner alone: it says of a person, by ref, what they asked for. */
const MODE = 0o600;

const SENTENCES = {
  malformedRequest: "the file of --state holds no sealed request",
  foreignRequest: "the file of --state was not sealed by this keyring for this controller",
  brokenSeal: "the file of --state was changed since it was sealed",
} as const;

/** The request in the file of `--state`; null where there is no such file yet. Throws a `UsageError` for one that is not believed. */
export async function readStateFile(request: {
  context: Pick<CommandContext, "folder">;
  rights: Governance["rights"];
  file: string;
  /** Where the command answers one kind alone. */
  kind?: RightsKindHandled;
}): Promise<RightsRequest | null> {
  const { context, rights, file, kind } = request;
  let text: string;
  try {
    text = await readFile(resolve(context.folder, file), "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw new UsageError({ code: "unreadableFile", sentence: "the file of --state cannot be read" });
  }
  const unsealed = await rights.unseal({ text });
  if (typeof unsealed === "string") throw new UsageError({ code: unsealed, sentence: SENTENCES[unsealed] });
  if (kind === undefined || unsealed.kind === kind) return unsealed;
  throw new UsageError({ code: "otherRequest", sentence: "the file of --state holds a request of another kind" });
}

/** Seals what no ledger keeps into the file of `--state`. Where there is none, says that nobody keeps it. */
export async function keepAnswer(request: {
  context: Pick<CommandContext, "folder" | "terminal">;
  rights: Governance["rights"];
  file: string | undefined;
  answer: RightsAnswer;
}): Promise<void> {
  const { context, rights, file, answer } = request;
  if (answer.request === null || answer.keptIn !== null) return;
  if (file === undefined) {
    context.terminal.tell("warning: no ledger keeps this request, or it could not be reached: --state FILE would");
    return;
  }
  const path = resolve(context.folder, file);
  try {
    await writeFileAtomically({ path, text: await rights.seal({ rightsRequest: answer.request }), mode: MODE });
  } catch {
    throw new UsageError({ code: "unwritableFile", sentence: "the file of --state cannot be written" });
  }
}
