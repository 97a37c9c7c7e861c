import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import type { Readable } from "node:stream";
import { UsageError } from "../usage-error.ts";

/** The bytes of a file, or of standard input. */
export interface Source {
  /** Null where it cannot be known beforehand: then the bytes can be read once only. */
  readonly sizeInBytes: number | null;
  /** The bytes from an offset on; of what cannot be read again, all of them. To be called once. Rejects with the system's error. */
  readonly read: (startOffset: number) => AsyncIterable<Uint8Array>;
  readonly close: () => void;
}

/** `-` is standard input; a relative FILE starts at the caller's folder. Throws a `UsageError` where it cannot be read. */
export async function openSource(request: { file: string; folder: string; input: Readable }): Promise<Source> {
  const { file, folder, input } = request;
  if (file === "-") {
    return { sizeInBytes: null, read: () => input, close: () => void input.destroy() };
  }
  const path = resolve(folder, file);
  const status = await stat(path).catch(() => null);
  if (status === null || status.isDirectory()) {
    throw new UsageError({ code: "unreadableFile", sentence: "the FILE with submissions cannot be read: there is none, or it is a folder" });
  }
  let stream: Readable | null = null;
  return {
    sizeInBytes: status.isFile() ? status.size : null,
    read: (start) => {
      stream = createReadStream(path, status.isFile() ? { start } : {});
      return stream;
    },
    close: () => void stream?.destroy(),
  };
}
