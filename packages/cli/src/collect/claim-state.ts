import type { Resume } from "@volenti/node";
import { UsageError } from "../usage-error.ts";
import { toResumeFailure } from "./resume-failure.ts";

/** Writes the state as it is, before the first line: a place that cannot be written to is no place to go on from. */
export async function claimState(resume: Resume | null): Promise<void> {
  try {
    await resume?.save(resume.start);
  } catch (error) {
    const sentence = "the state of --resume cannot be written there: nothing was sent";
    throw toResumeFailure(error) ?? new UsageError({ code: "stateUnwritable", sentence });
  }
}
