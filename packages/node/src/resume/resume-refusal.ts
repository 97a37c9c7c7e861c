import { ConfigurationError } from "@volenti/core";

/** Why a run cannot go on from its state file. */
export function resumeRefusal(code: "resumeMismatch" | "resumeCorrupt"): ConfigurationError {
  return new ConfigurationError([{ path: "resume", code }]);
}
