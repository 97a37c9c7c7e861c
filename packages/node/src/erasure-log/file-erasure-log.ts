import { Buffer } from "node:buffer";
import { createReadStream } from "node:fs";
import { mkdir, open, type FileHandle } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { ConfigurationError, type ErasureLog, type ErasureLogEntry } from "@volenti/core";
import { RESOLVE_FROM, type ResolvesFrom } from "../configuration/resolve-from.ts";
import { readErasureLog } from "./read-erasure-log.ts";
import { TORN_LINE } from "./torn-line.ts";

const LINE_FEED = 0x0a;

/**
 * An erasure log in a file of NDJSON lines, for a disk that no restore of a store touches. A relative path counts from the
 * configuration's folder, where a configuration names it, else from the working directory. Every line is one write at the
 * end of the file, so that processes on one machine do not mix theirs. A line that a crash cut off was never relied on: the
 * next one says that it follows a torn one. Rejects with a `ConfigurationError`: `erasureLogUnwritable`,
 * `erasureLogUnreadable`, `erasureLogCorrupt`.
 */
export function fileErasureLog(path: string): ErasureLog & ResolvesFrom {
  let place = path;
  return {
    [RESOLVE_FROM]: (directory) => {
      place = resolve(directory, path);
    },
    append: (entry) => append({ path: place, entry }).catch(() => refuse("erasureLogUnwritable")),
    read: () => read(place),
  };
}

async function append(request: { path: string; entry: ErasureLogEntry }): Promise<void> {
  const { path, entry } = request;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const handle = await open(path, "a+", 0o600);
  try {
    const line = `${JSON.stringify(entry)}\n`;
    const bytes = Buffer.from((await endsTorn(handle)) ? `\n${JSON.stringify(TORN_LINE)}\n${line}` : line, "utf8");
    const { bytesWritten } = await handle.write(bytes);
    if (bytesWritten !== bytes.length) throw new Error("the disk took a part of the line");
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function endsTorn(handle: FileHandle): Promise<boolean> {
  const { size } = await handle.stat();
  if (size === 0) return false;
  const { buffer } = await handle.read({ buffer: Buffer.alloc(1), position: size - 1 });
  return buffer[0] !== LINE_FEED;
}

async function* read(path: string): AsyncGenerator<ErasureLogEntry, void, undefined> {
  const handle = await open(path, "r").catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    return refuse("erasureLogUnreadable");
  });
  if (handle === null) return;
  await handle.close();
  yield* readErasureLog(createReadStream(path));
}

function refuse(code: string): never {
  throw new ConfigurationError([{ path: "erasureLog", code }]);
}
