import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { SubmissionResult } from "@volenti/core";
import { createBrand } from "./support/create-brand.ts";
import { createManualClock } from "./support/manual-clock.ts";
import { freshUuid, makeDecision, makeSubmission } from "./support/make-submission.ts";

const WINDOW_IN_MS = 100;

type Step =
  | { readonly kind: "call"; readonly person: number; readonly status: "given" | "withdrawn"; readonly hour: number; readonly isWrong: boolean }
  | { readonly kind: "abort"; readonly call: number }
  | { readonly kind: "wait"; readonly durationInMs: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant("call" as const),
    person: fc.integer({ min: 0, max: 3 }),
    status: fc.constantFrom("given" as const, "withdrawn" as const),
    hour: fc.integer({ min: 10, max: 19 }),
    isWrong: fc.boolean(),
  }),
  fc.record({ kind: fc.constant("abort" as const), call: fc.nat(8) }),
  fc.record({ kind: fc.constant("wait" as const), durationInMs: fc.integer({ min: 1, max: 150 }) }),
);

function told({ outcome, destinations, decisions, problems, withheld, submissionId, line }: SubmissionResult): object {
  return { outcome, destinations, decisions: decisions.map(({ id, status }) => ({ id, status })), problems, withheld, submissionId, line };
}

test("calls that share batches are told what they would have been told one by one, whoever among them gives up", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
      const time = createManualClock("2026-11-22T00:00:00.000Z");
      const destinations = { eu: { region: "EU" } };
      const configuration = { routes: [{ to: ["eu"] }] };
      const shared = createBrand({ clock: time, destinations, configuration: { ...configuration, batchWindowInMs: WINDOW_IN_MS } });
      const calls: { submission: unknown; stop: AbortController; answer: Promise<SubmissionResult | string> }[] = [];
      for (const each of steps) {
        if (each.kind === "abort") calls[each.call]?.stop.abort("gave up");
        else if (each.kind === "wait") {
          await time.advance(each.durationInMs);
          // Where no window is open everything was sent: whoever gives up from here on comes too late.
          if (time.sleepers() === 0) await Promise.all(calls.map(({ answer }) => answer));
        } else {
          const submission = makeSubmission({
            submissionId: freshUuid(),
            occurredAt: `2026-11-21T${each.hour}:00:00.000Z`,
            subject: { identifiers: [{ kind: "email", value: `p${each.person}@example.com` }] },
            profile: { givenName: `Name ${each.hour}` },
            decisions: [makeDecision({ status: each.status, ...(each.isWrong ? { purpose: "nonsense" } : {}) })],
          });
          const stop = new AbortController();
          const answer = shared.volenti.collect(submission, { signal: stop.signal }).catch((reason: unknown) => String(reason));
          calls.push({ submission, stop, answer });
        }
      }
      await shared.volenti.close();
      const answers = await Promise.all(calls.map(({ answer }) => answer));
      const alone = createBrand({ destinations, configuration });
      for (const [index, { submission }] of calls.entries()) {
        const answer = answers[index];
        if (answer === "gave up") continue;
        const expected = told(await alone.volenti.collect(submission));
        expect(typeof answer === "object" ? told(answer) : answer).toEqual(expected);
      }
      const holds = (brand: typeof shared): object => [...brand.systems["eu"]!.records.decisionsById.keys()].toSorted();
      expect(holds(shared)).toEqual(holds(alone));
    }),
    { numRuns: 120 },
  );
});
