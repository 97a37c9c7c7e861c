import { readFile } from "node:fs/promises";
import { resumeRefusal } from "./resume-refusal.ts";
import { readResumeState, type StoredResumeState } from "./resume-state.ts";

/** The state in a file; null where there is no file. Rejects with `resumeCorrupt` for a state that is not whole. */
export async function readStoredState(path: string): Promise<StoredResumeState | null> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
  const stored = readResumeState(text);
  if (stored === null) throw resumeRefusal("resumeCorrupt");
  return stored;
}
