import { readFile, rm } from "node:fs/promises";
import { ConfigurationError } from "@volenti/core";
import { writeFileAtomically } from "../file/write-file-atomically.ts";
import { createPrefixDigest, type PrefixDigest } from "./prefix-digest.ts";
import { readResumeState, writeResumeState, type ResumeState, type StoredResumeState } from "./resume-state.ts";

/** The state file of one run over one source file. */
export interface Resume {
  /** Where to go on: the beginning of the file and no counts where there was no state. */
  readonly start: ResumeState;
  /**
   * Replaces the state; when it resolves the state is on disk. Saves run one after the other; offsets must not fall.
   * Rejects with `resumeMismatch` where the source has become shorter than the offset.
   */
  save(state: ResumeState): Promise<void>;
  /** Removes the state file, for a run that starts afresh next time. */
  remove(): Promise<void>;
}

const BEGINNING: ResumeState = { offset: 0, line: 0, counts: {} };

/**
 * Opens a state file for a source file that can be read again (not a pipe). Where the state is absent, starts afresh.
 * Rejects with a `ConfigurationError`: `resumeCorrupt` for a state that is not whole, `resumeMismatch` where the part
 * that the state is about is not how the source begins. A source that has grown since is the same source.
 */
export async function openResume(request: {
  /** Path of the state file. */
  path: string;
  /** Path of the file that is collected. */
  source: string;
}): Promise<Resume> {
  const { path, source } = request;
  const prefix = createPrefixDigest({ source });
  const start = await readStart({ path, prefix });
  let last: Promise<void> = Promise.resolve();
  const save = async ({ offset, line, counts }: ResumeState): Promise<void> => {
    const prefixSha256 = await prefix.advance(offset);
    if (prefixSha256 === null) throw refusal("resumeMismatch");
    const text = writeResumeState({ offset, line, prefixSha256, counts });
    await writeFileAtomically({ path, text, mode: 0o600 });
  };
  return {
    start,
    save: (state) => {
      const saved = last.then(() => save(state));
      // A save that failed is its caller's to hear of; the next one stands on its own.
      last = saved.catch(() => undefined);
      return saved;
    },
    remove: async () => {
      await last;
      await rm(path, { force: true });
    },
  };
}

async function readStart(request: { path: string; prefix: PrefixDigest }): Promise<ResumeState> {
  const { path, prefix } = request;
  const stored = await readStored(path);
  if (stored === null) return BEGINNING;
  const { offset, line, counts, prefixSha256 } = stored;
  if ((await prefix.advance(offset)) !== prefixSha256) throw refusal("resumeMismatch");
  return { offset, line, counts };
}

async function readStored(path: string): Promise<StoredResumeState | null> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
  const stored = readResumeState(text);
  if (stored === null) throw refusal("resumeCorrupt");
  return stored;
}

function refusal(code: "resumeMismatch" | "resumeCorrupt"): ConfigurationError {
  return new ConfigurationError([{ path: "resume", code }]);
}
