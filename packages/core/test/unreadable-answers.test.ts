import { expect, test } from "vitest";
import { ConnectorError, type SubmissionResult } from "@volenti/core";
import type { ConnectorV1 } from "@volenti/core/adapter";
import { createBrand } from "./support/create-brand.ts";
import { makeDecision, makeSubmission } from "./support/make-submission.ts";

const SUBMISSIONS = [
  makeSubmission({ decisions: [makeDecision()] }),
  makeSubmission({ submissionId: "5f0f5e0e-6a1e-4a53-9d0b-0f5d3b0c7f12", decisions: [makeDecision({ status: "withdrawn" })] }),
];

/** Writes all it is given the first time and answers what nobody can read; after that it is down. */
function answerUnreadably(connector: ConnectorV1): ConnectorV1 {
  let writes = 0;
  return {
    ...connector,
    intake: {
      write: async (batch) => {
        writes += 1;
        if (writes === 1) await connector.intake.write(batch);
        const code = writes === 1 ? "malformedResponse" : "unavailable";
        return batch.items.map(({ writeId }) => ({ writeId, status: "failed", error: new ConnectorError({ code, connectorId: "stores", operation: "write" }) }));
      },
    },
  };
}

test("several submissions of one person whose one answer nobody can read are each told as unknown, and not as not written", async () => {
  const brand = createBrand({
    destinations: { eu: { region: "EU", ledger: true }, stores: { region: "EU", ledger: false, wrap: answerUnreadably } },
    configuration: { routes: [{ to: ["eu", "stores"] }] },
  });
  const results: SubmissionResult[] = [];
  for await (const result of brand.volenti.collectMany(SUBMISSIONS)) results.push(result);
  const stores = { id: "stores", outcome: "unknown", code: "malformedResponse" };
  expect(results).toMatchObject([{ destinations: [{ id: "eu" }, stores] }, { destinations: [{ id: "eu" }, stores] }]);
});
