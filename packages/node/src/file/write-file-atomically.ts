import { randomUUID } from "node:crypto";
import { open, readlink, realpath, rename, rm } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";

/**
 * Replaces a file: a reader, and a restart after a crash, sees the whole old text or the whole new one. When this
 * resolves the text is on disk. Writers that race leave the text of one of them. A symbolic link stays one: what it
 * points to is replaced. Rejects with the file system's error.
 */
export async function writeFileAtomically(request: {
  path: string;
  text: string;
  /** Permission bits of the new file, before the umask. Default 0o644. */
  mode?: number | undefined;
}): Promise<void> {
  const { text, mode = 0o644 } = request;
  const path = await followLink(request.path);
  // In the same folder: a rename across file systems is not atomic.
  const temporary = join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`);
  try {
    const handle = await open(temporary, "wx", mode);
    try {
      await handle.writeFile(text, "utf8");
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
}

/** What a path leads to; also where a symbolic link leads to nothing yet. */
async function followLink(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  const target = await readlink(path).catch(() => null);
  return target === null ? path : followLink(resolve(dirname(path), target));
}

/** Makes the rename itself durable. Windows has no such call on folders, and journals renames on its own. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
