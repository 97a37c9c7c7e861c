import { rm } from "node:fs/promises";
import { writeFileAtomically } from "../file/write-file-atomically.ts";
import type { PrefixDigest } from "./prefix-digest.ts";
import { resumeRefusal } from "./resume-refusal.ts";
import { writeResumeState, type ResumeState } from "./resume-state.ts";

/** The state file of one run over one source. */
export interface Resume {
  /** Where to go on: the beginning of the source and no counts where there was no state. */
  readonly start: ResumeState;
  /**
   * Replaces the state; when it resolves the state is on disk. Saves run one after the other; offsets must not fall.
   * Rejects with `resumeMismatch` where the source does not reach the offset, or has become shorter than it.
   */
  save(state: ResumeState): Promise<void>;
  /** Says that no save will go beyond an offset, so that nothing more of a stream is kept for its digest. */
  endAt(offset: number): void;
  /** Removes the state file, for a run that starts afresh next time. */
  remove(): Promise<void>;
}

/** Keeps a state file whose start is known. */
export function createResume(request: { path: string; prefix: PrefixDigest; start: ResumeState }): Resume {
  const { path, prefix, start } = request;
  let last: Promise<void> = Promise.resolve();
  const save = async ({ offset, line, counts }: ResumeState): Promise<void> => {
    const prefixSha256 = await prefix.advance(offset);
    if (prefixSha256 === null) throw resumeRefusal("resumeMismatch");
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
    endAt: (offset) => prefix.endAt(offset),
    remove: async () => {
      await last;
      await rm(path, { force: true });
    },
  };
}
