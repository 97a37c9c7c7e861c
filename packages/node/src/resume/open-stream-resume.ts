import { readStoredState } from "./read-stored-state.ts";
import { createResume, type Resume } from "./resume.ts";
import { resumeRefusal } from "./resume-refusal.ts";
import { RESUME_BEGINNING } from "./resume-state.ts";
import { createStreamPrefixDigest, type StreamPrefixDigest } from "./stream-prefix-digest.ts";

/** The state file of one run over a stream, which is read once. */
export interface StreamResume extends Resume {
  /** The stream from `start.offset` on; to be read once, and a save's offset must have been read. */
  readonly rest: AsyncIterable<Uint8Array>;
}

/**
 * Opens a state file for a stream that begins at the same place as when the state was written. The part that the state is
 * about is read and passed over, holding no more than a chunk; where it is another one, or the stream ends in it, rejects
 * with a `ConfigurationError` `resumeMismatch`. Where the state is absent, starts afresh; `resumeCorrupt` where it is not
 * whole. Of what is read afterwards, the bytes since the last save are kept for its digest.
 */
export async function openStreamResume(request: {
  /** Path of the state file. */
  path: string;
  source: AsyncIterable<Uint8Array>;
}): Promise<StreamResume> {
  const { path, source } = request;
  const prefix = createStreamPrefixDigest();
  const stored = await readStoredState(path);
  const iterator = source[Symbol.asyncIterator]();
  if (stored === null) return { ...createResume({ path, prefix, start: RESUME_BEGINNING }), rest: readOn({ iterator, prefix }) };
  const { offset, line, counts, prefixSha256 } = stored;
  const first = await passOver({ iterator, prefix, offset });
  if ((await prefix.advance(offset)) !== prefixSha256) throw resumeRefusal("resumeMismatch");
  const resume = createResume({ path, prefix, start: { offset, line, counts } });
  return { ...resume, rest: readOn({ iterator, prefix, first }) };
}

/** Reads up to an offset; answers what the last chunk holds beyond it. */
async function passOver(request: {
  iterator: AsyncIterator<Uint8Array>;
  prefix: StreamPrefixDigest;
  offset: number;
}): Promise<Uint8Array | undefined> {
  const { iterator, prefix, offset } = request;
  let seen = 0;
  while (seen < offset) {
    const step = await iterator.next();
    if (step.done === true) return undefined;
    const passed = step.value.subarray(0, offset - seen);
    prefix.add(passed);
    seen += passed.length;
    await prefix.advance(seen);
    if (passed.length < step.value.length) return step.value.subarray(passed.length);
  }
  return undefined;
}

async function* readOn(request: {
  iterator: AsyncIterator<Uint8Array>;
  prefix: StreamPrefixDigest;
  first?: Uint8Array | undefined;
}): AsyncGenerator<Uint8Array, void, undefined> {
  const { iterator, prefix, first } = request;
  try {
    if (first !== undefined) {
      prefix.add(first);
      yield first;
    }
    for (let step = await iterator.next(); step.done !== true; step = await iterator.next()) {
      prefix.add(step.value);
      yield step.value;
    }
  } finally {
    await iterator.return?.();
  }
}
