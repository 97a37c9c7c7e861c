import { expect, it } from "vitest";
import { ConnectorError } from "@volenti/core/adapter";
import type { SubmissionResult } from "@volenti/core";
import { createBrand } from "./support/create-brand.ts";
import { makeDecision, makeSubmission } from "./support/make-submission.ts";
import { createManualClock } from "./support/manual-clock.ts";

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it("a run that is stopped while it waits to try again waits no longer, and tells what it has", async () => {
  const stop = new AbortController();
  const clock = createManualClock("2026-11-22T00:00:00.000Z");
  let calls = 0;
  const { volenti } = createBrand({
    clock,
    destinations: {
      eu: {
        region: "EU",
        ledger: false,
        wrap: (connector) => ({
          ...connector,
          intake: {
            write: async () => {
              calls += 1;
              throw new ConnectorError({ code: "unavailable", connectorId: "fake", operation: "write" });
            },
          },
        }),
      },
    },
    configuration: { routes: [{ to: ["eu"] }] },
  });
  const results: SubmissionResult[] = [];
  const run = (async () => {
    for await (const result of volenti.collectMany([makeSubmission({ decisions: [makeDecision()] })], { signal: stop.signal })) results.push(result);
  })();
  while (clock.sleepers() === 0) await turn();
  stop.abort();
  for (let count = 0; count < 20; count += 1) await turn();
  expect(results).toMatchObject([{ outcome: "undelivered", destinations: [{ outcome: "unavailable" }] }]);
  expect([calls, clock.sleepers()]).toEqual([1, 0]);
  await run;
});
