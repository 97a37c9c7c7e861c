import { ConfigurationError } from "@volenti/core";
import { UsageError } from "../usage-error.ts";

const SENTENCES: Readonly<Record<string, string>> = {
  resumeMismatch:
    "the state of --resume is about another file, or what it was about has been changed since: give the file as it was, or name another STATE to start afresh",
  resumeCorrupt: "the file of --resume holds no whole state of an earlier run: restore it, or name another STATE to start afresh",
};

/** Says in a sentence why a run cannot go on from its state; null for what is no such failure. */
export function toResumeFailure(error: unknown): UsageError | null {
  if (!ConfigurationError.isInstance(error)) return null;
  const code = error.problems[0]?.code ?? "";
  const sentence = SENTENCES[code];
  return sentence === undefined ? null : new UsageError({ code, sentence });
}
