import { expect, it, vi } from "vitest";
import type * as WriteOutcomes from "../../../packages/core/src/collect/write-outcomes.ts";
import { runSeed } from "../run/run-seed.ts";

// Core as it would be if the last failure of a write made it forget that an earlier attempt may have been applied.
vi.mock("../../../packages/core/src/collect/write-outcomes.ts", async (importOriginal) => {
  const original = await importOriginal<typeof WriteOutcomes>();
  const noteFailure: typeof original.noteFailure = ({ outcomes, item, error }) => void outcomes.set(item, { writeId: item.write.writeId, status: "failed", error });
  return { ...original, noteFailure };
});

it("a write whose outcome nobody knows, and which an outage then hides, is found where core forgets it", async () => {
  const found = new Set<string>();
  for (let seed = 1; seed <= 120 && found.size === 0; seed += 1) {
    for (const { breach } of (await runSeed({ seed, crm: "memory", store: null })).findings) found.add(breach);
  }
  expect([...found]).toEqual(["toldBetterThanTrue"]);
});
