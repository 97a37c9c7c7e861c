import { readFileSync } from "node:fs";
import { join } from "node:path";
import { LOCK_FILE_NAME } from "./lock.ts";
import { parseLock } from "./parse-lock.ts";

/** Whether the lock file of a folder says that there were keys. One that cannot be read may say so: then it does. */
export function namesKeys(directory: string): boolean {
  let text: string;
  try {
    text = readFileSync(join(directory, LOCK_FILE_NAME), "utf8");
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ENOENT";
  }
  const lock = parseLock(text);
  return lock === null || Object.keys(lock.keys).length > 0;
}
