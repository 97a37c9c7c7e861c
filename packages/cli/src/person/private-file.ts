import { randomUUID } from "node:crypto";
import { link, lstat, open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { UsageError } from "../usage-error.ts";

interface Target {
  /** Absolute. */
  readonly path: string;
  readonly mayReplace: boolean;
}

/** Throws a `UsageError` where the file is there and may not be replaced: to be asked before anybody is read. */
export async function ensureFree({ path, mayReplace }: Target): Promise<void> {
  if (mayReplace) return;
  const isThere = await lstat(path).then(
    () => true,
    () => false,
  );
  if (isThere) throw taken();
}

/**
 * Writes a file that only its owner may read: whole or not at all, also where the process is killed. Throws a `UsageError`
 * where it cannot be written, or somebody else wrote it meanwhile.
 */
export async function writePrivateFile(request: Target & { text: string }): Promise<void> {
  const { path, mayReplace, text } = request;
  const draft = join(dirname(path), `.${basename(path)}.${randomUUID()}`);
  try {
    const file = await open(draft, "wx", 0o600);
    try {
      await file.writeFile(text, "utf8");
      await file.sync();
    } finally {
      await file.close();
    }
    // Unlike a rename, a link fails where the name is taken.
    await (mayReplace ? rename(draft, path) : link(draft, path));
  } catch (error) {
    throw isTaken(error) ? taken() : new UsageError({ code: "outputUnwritable", sentence: "the file of --out cannot be written" });
  } finally {
    // A draft that could not even be named is none to take away.
    await rm(draft, { force: true }).catch(() => undefined);
  }
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && (error as NodeJS.ErrnoException).code === "EEXIST";
}

function taken(): UsageError {
  return new UsageError({ code: "outputExists", sentence: "the file of --out is there already; --force replaces it" });
}
