import type { DemoEntry, DemoSubmission } from "./demo-submission.ts";

/** The very same line again, as a client sends it that never saw the answer: nothing may change. */
export function toReplay(request: { of: DemoEntry; arrivesAt: string }): DemoEntry {
  return { ...request.of, arrivesAt: Date.parse(request.arrivesAt), kinds: ["replay"] };
}

/** Another content under a submission id that was used: rejected wherever a ledger remembers the first. */
export function toConflictingReplay(request: { of: DemoEntry; arrivesAt: string }): DemoEntry {
  const submission = JSON.parse(request.of.text) as DemoSubmission;
  const changed = { ...submission, profile: { ...submission.profile, givenName: "Someone Else" } };
  return {
    arrivesAt: Date.parse(request.arrivesAt),
    text: JSON.stringify(changed),
    kinds: ["bad"],
    problem: { path: "submissionId", code: "conflictingReplay" },
  };
}
