import * as fc from "fast-check";
import { expect, test } from "vitest";
import { collectFromServer, failure, type Answer } from "./support/collect-from-server.ts";

const NAMES = Array.from({ length: 12 }, (_, index) => `p${index}`);
const RETRYABLE: ReadonlySet<Answer> = new Set<Answer>(["locked", "unknown"]);
const TOLD = { written: "applied", locked: "unavailable", refused: "rejected", unknown: "unknown" } as const;

const answer = fc.constantFrom<keyof typeof TOLD>("written", "written", "locked", "locked", "refused", "unknown");
/** What each write does: fails as a whole, or answers every person. */
const script = fc.array(fc.oneof({ weight: 1, arbitrary: fc.constant(null) }, { weight: 5, arbitrary: fc.array(answer, { minLength: 12, maxLength: 12 }) }), {
  minLength: 1,
  maxLength: 6,
});

test("whatever a system answers, nothing is sent again that was answered for good, no write is wider than it may be, and each is told the truth", async () => {
  await fc.assert(
    fc.asyncProperty(script, async (steps) => {
      const last = new Map<string, keyof typeof TOLD>();
      const sentAgain: string[] = [];
      const widths: { width: number; failed: boolean }[] = [];
      let current = -1;
      const { results, writes } = await collectFromServer({
        names: NAMES,
        configuration: { retry: { maxAttempts: 4 } },
        server: ({ write, width, name }) => {
          if (write - 1 !== current) widths.push({ width, failed: false });
          current = write - 1;
          const step = steps[current % steps.length];
          if (step === undefined || step === null) throw failure("unavailable");
          const given = step[NAMES.indexOf(name)] ?? "written";
          const before = last.get(name);
          if (before !== undefined && !RETRYABLE.has(before)) sentAgain.push(`${name} after ${before}`);
          last.set(name, before === "unknown" && given === "locked" ? "unknown" : given);
          if (RETRYABLE.has(given)) widths[current]!.failed = true;
          return given;
        },
      });
      expect(sentAgain).toEqual([]);
      const firstFailure = widths.findIndex(({ failed }) => failed);
      if (firstFailure >= 0) {
        const allowed = Math.max(1, Math.floor(widths[firstFailure]!.width / 2));
        for (const { width } of widths.slice(firstFailure + 1)) expect(width).toBeLessThanOrEqual(allowed);
      }
      // Three retries of the policy, and no more writes than the start-up credit of the budget.
      expect(writes.length).toBeLessThanOrEqual(1 + 7);
      for (const name of NAMES) expect(results[name], name).toBe(TOLD[last.get(name) ?? "locked"]);
    }),
    { numRuns: 300 },
  );
});
