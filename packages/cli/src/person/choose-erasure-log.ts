import { join, relative, resolve } from "node:path";
import type { ErasureLog } from "@volenti/core";
import { fileErasureLog } from "@volenti/node";
import type { CommandContext } from "../command-context.ts";
import type { OpenVolenti } from "../open-volenti.ts";

/** Where erasures are written down when nobody says where, beside the configuration. */
const DEFAULT_LOG = join(".volenti", "erasures.ndjson");

/** `--log`, else the configuration's, else a file beside it; with what to tell people of its place. */
export function chooseErasureLog(request: {
  context: Pick<CommandContext, "folder">;
  /** `--log`, as given. */
  file: string | undefined;
  open: Pick<OpenVolenti, "volenti" | "directory">;
}): { log: ErasureLog; place: string } {
  const { context, file, open } = request;
  if (file !== undefined) return { log: fileErasureLog(resolve(context.folder, file)), place: "the file of --log" };
  const { erasureLog } = open.volenti;
  if (erasureLog !== null) return { log: erasureLog, place: "the erasureLog of the configuration" };
  const path = join(open.directory, DEFAULT_LOG);
  return { log: fileErasureLog(path), place: relative(context.folder, path) };
}
