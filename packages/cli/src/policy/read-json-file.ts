import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { UsageError } from "../usage-error.ts";

/** A JSON file of the caller's. Throws a `UsageError` that repeats neither its name nor what it holds. */
export async function readJsonFile(request: { file: string; folder: string }): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(resolve(request.folder, request.file), "utf8");
  } catch {
    throw new UsageError({ code: "fileUnreadable", sentence: "the file cannot be read" });
  }
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new UsageError({ code: "notJson", sentence: "the file is no JSON" });
  }
}
