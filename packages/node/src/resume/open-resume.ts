import { createFilePrefixDigest } from "./file-prefix-digest.ts";
import { readStoredState } from "./read-stored-state.ts";
import { createResume, type Resume } from "./resume.ts";
import { resumeRefusal } from "./resume-refusal.ts";
import { RESUME_BEGINNING } from "./resume-state.ts";

/**
 * Opens a state file for a source file that can be read again; for a pipe see `openStreamResume`. Where the state is
 * absent, starts afresh. Rejects with a `ConfigurationError`: `resumeCorrupt` for a state that is not whole,
 * `resumeMismatch` where the part that the state is about is not how the source begins. A source that has grown since
 * is the same source.
 */
export async function openResume(request: {
  /** Path of the state file. */
  path: string;
  /** Path of the file that is collected. */
  source: string;
}): Promise<Resume> {
  const { path, source } = request;
  const prefix = createFilePrefixDigest({ source });
  const stored = await readStoredState(path);
  if (stored === null) return createResume({ path, prefix, start: RESUME_BEGINNING });
  const { offset, line, counts, prefixSha256 } = stored;
  if ((await prefix.advance(offset)) !== prefixSha256) throw resumeRefusal("resumeMismatch");
  return createResume({ path, prefix, start: { offset, line, counts } });
}
