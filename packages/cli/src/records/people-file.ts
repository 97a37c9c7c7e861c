import { open, unlink, type FileHandle } from "node:fs/promises";
import { UsageError } from "../usage-error.ts";

/** A new file of people that only its owner reads, written line by line however many they are. */
export interface PeopleFile {
  writeLine(line: string): Promise<void>;
  close(): Promise<void>;
  /** Takes it away again: half a file must not look like a whole one. */
  discard(): Promise<void>;
}

/** Never overwrites: a `UsageError` where the file is there, or cannot be made. */
export async function createPeopleFile(path: string): Promise<PeopleFile> {
  const file = await openNew(path);
  return {
    writeLine: async (line) => {
      await file.appendFile(`${line}\n`);
    },
    close: () => file.close(),
    discard: async () => {
      await file.close();
      await unlink(path);
    },
  };
}

async function openNew(path: string): Promise<FileHandle> {
  try {
    return await open(path, "wx", 0o600);
  } catch {
    throw new UsageError({ code: "fileUnwritable", sentence: "the file of --out is there already, or cannot be written" });
  }
}
