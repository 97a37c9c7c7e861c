import type { Outcome } from "./run-scenario.ts";
import { runSeed, type SeedRequest } from "./run-seed.ts";

/** Leaves out one submission after the other while the same promise stays broken. What is left is worth reading. */
export async function shortenRun(request: SeedRequest): Promise<{ readonly omitted: readonly number[]; readonly outcome: Outcome }> {
  let outcome = await runSeed(request);
  const breach = outcome.findings[0]?.breach;
  const omitted = new Set(request.omitted);
  for (let number = 0; number < MOST_SUBMISSIONS; number += 1) {
    if (omitted.has(number)) continue;
    const shorter = await runSeed({ ...request, omitted: new Set([...omitted, number]) });
    if (!shorter.findings.some((finding) => finding.breach === breach)) continue;
    omitted.add(number);
    outcome = shorter;
  }
  return { omitted: [...omitted], outcome };
}

/** As many as a scenario may have. */
const MOST_SUBMISSIONS = 10;
