import { resolve } from "node:path";
import { openResume, openStreamResume, type Resume } from "@volenti/node";
import type { Interruption } from "./interruption.ts";
import { UsageError } from "../usage-error.ts";
import type { Source } from "./open-source.ts";
import { toResumeFailure } from "./resume-failure.ts";
import { untilAborted } from "./until-aborted.ts";

/** The state of a run, and the source to read on from it. */
export interface OpenState {
  /** Null where no state is kept. */
  readonly resume: Resume | null;
  readonly source: Source;
}

/**
 * Opens the state file of a run. A file is compared with it by reading it a second time; of a stream, the part that is
 * dealt with is read, compared and passed over, which may take as long as whoever writes it. Null where the run was
 * interrupted meanwhile: then nothing has changed.
 */
export async function openState(request: {
  context: { readonly folder: string };
  options: { readonly file: string; readonly resume: string | undefined };
  source: Source;
  interruption: Pick<Interruption, "signal" | "exitCode">;
}): Promise<OpenState | null> {
  const { context, options, source, interruption } = request;
  if (options.resume === undefined) return { resume: null, source };
  const path = resolve(context.folder, options.resume);
  if (source.sizeInBytes !== null) {
    const opened = openResume({ path, source: resolve(context.folder, options.file) });
    return { resume: await opened.catch(refuse), source };
  }
  const bytes = untilAborted({ source: source.read(0), signal: interruption.signal });
  try {
    const resume = await openStreamResume({ path, source: bytes });
    return { resume, source: { ...source, read: () => resume.rest } };
  } catch (error) {
    // A stream that was cut off is no other stream.
    if (interruption.exitCode() !== null) return null;
    return refuse(error);
  }
}

function refuse(error: unknown): never {
  const sentence = "the state of --resume, or the FILE that it is about, cannot be read";
  throw toResumeFailure(error) ?? new UsageError({ code: "unreadableState", sentence });
}
