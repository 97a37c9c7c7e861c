import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { ConfigurationError } from "@volenti/core";
import type { Lock } from "./lock.ts";
import { parseLock } from "./parse-lock.ts";

/**
 * Reads a lock file; null where there is none. One that cannot be read as a lock (half-merged, edited, of a later
 * version) is a `ConfigurationError` `lockInvalid`: it is never taken for an absent one.
 */
export async function readLock(request: { path: string }): Promise<Lock | null> {
  let text: string;
  try {
    text = await readFile(request.path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
  const lock = parseLock(text);
  if (lock === null) throw new ConfigurationError([{ path: basename(request.path), code: "lockInvalid" }]);
  return lock;
}
