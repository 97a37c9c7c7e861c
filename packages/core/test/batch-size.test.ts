import { expect, test } from "vitest";
import type { ConnectorV1, WriteBatchV1 } from "@volenti/core/adapter";
import { createBrand } from "./support/create-brand.ts";
import { makeDecision, makeSubmission } from "./support/make-submission.ts";

/** How many people each write of a stream of so many holds. */
async function widthsOf(request: { submissions: number; traits?: object; batchSize?: number }): Promise<number[]> {
  const widths: number[] = [];
  const wrap = (connector: ConnectorV1): ConnectorV1 => ({
    ...connector,
    traits: { ...connector.traits, maxBatchSize: 5000, ...request.traits },
    intake: {
      write: (batch: WriteBatchV1) => {
        widths.push(batch.items.length);
        return connector.intake.write(batch);
      },
    },
  });
  const { volenti } = createBrand({ destinations: { eu: { region: "EU", wrap }, ru: { region: "RU" } } });
  const submissions = Array.from({ length: request.submissions }, (_, index) =>
    makeSubmission({ subject: { identifiers: [{ kind: "email", value: `p${index}@example.com` }] }, decisions: [makeDecision()] }),
  );
  // One at a time, so that the writes come in the order of the batches.
  const options = { concurrency: 1, ...(request.batchSize === undefined ? {} : { batchSize: request.batchSize }) };
  for await (const { outcome } of volenti.collectMany(submissions, options)) expect(outcome).toBe("delivered");
  return widths;
}

test("a stream is cut into batches of two hundred where no destination prefers another size", async () => {
  expect(await widthsOf({ submissions: 450 })).toEqual([200, 200, 50]);
});

test("a destination that prefers a thousand people a write gets them in one", async () => {
  expect(await widthsOf({ submissions: 2000, traits: { preferredBatchSize: 1000 } })).toEqual([1000, 1000]);
});

test("a preference is kept within bounds: at least two hundred, at most a thousand, at most what one write takes", async () => {
  expect(await widthsOf({ submissions: 250, traits: { preferredBatchSize: 5 } })).toEqual([200, 50]);
  expect(await widthsOf({ submissions: 1100, traits: { preferredBatchSize: 4000 } })).toEqual([1000, 100]);
  expect(await widthsOf({ submissions: 700, traits: { preferredBatchSize: 1000, maxBatchSize: 300 } })).toEqual([300, 300, 100]);
  expect(await widthsOf({ submissions: 250, traits: { preferredBatchSize: Number.NaN } })).toEqual([200, 50]);
});

test("a size that the caller names goes before every preference", async () => {
  expect(await widthsOf({ submissions: 30, traits: { preferredBatchSize: 1000 }, batchSize: 20 })).toEqual([20, 10]);
});
