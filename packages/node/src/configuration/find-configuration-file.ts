import { access } from "node:fs/promises";
import { resolve } from "node:path";
import { ConfigurationError } from "@volenti/core";

/** The names of a configuration file, in the order in which they are looked for. */
export const CONFIGURATION_FILE_NAMES: readonly string[] = [
  "volenti.config.mts",
  "volenti.config.mjs",
  "volenti.config.ts",
  "volenti.config.js",
];

/**
 * The absolute path of the file that is named, else of the first of the usual names in the folder. Where there is none,
 * `configurationNotFound` at `file` or at the first usual name: what was given may be anything, and is not repeated.
 */
export async function findConfigurationFile(request: {
  file?: string | undefined;
  directory: string;
}): Promise<string> {
  const { file, directory } = request;
  for (const name of file === undefined ? CONFIGURATION_FILE_NAMES : [file]) {
    const path = resolve(directory, name);
    if (await isThere(path)) return path;
  }
  throw new ConfigurationError([{ path: file === undefined ? "volenti.config.mts" : "file", code: "configurationNotFound" }]);
}

async function isThere(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}
