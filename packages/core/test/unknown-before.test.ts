import { expect, test } from "vitest";
import { ConnectorError, type ConnectorErrorCode } from "@volenti/core/adapter";
import { createBrand } from "./support/create-brand.ts";
import { makeDecision, makeSubmission } from "./support/make-submission.ts";

const failure = (code: ConnectorErrorCode): ConnectorError =>
  new ConnectorError({ code, connectorId: "fake", operation: "write", retry: { kind: code === "outcomeUnknown" ? "sameWriteOnly" : "never" } });

test.each([
  ["unauthenticated", { outcome: "unknown", code: "outcomeUnknown" }],
  ["forbidden", { outcome: "unknown", code: "outcomeUnknown" }],
  ["rejectedByProvider", { outcome: "rejected", code: "rejectedByProvider" }],
] as const)("an item whose first write nobody knows the outcome of, and whose second is answered with %s", async (code, told) => {
  let calls = 0;
  const { volenti } = createBrand({
    destinations: {
      eu: {
        region: "EU",
        wrap: (connector) => ({
          ...connector,
          intake: {
            write: async (batch) => {
              calls += 1;
              if (calls === 1) await connector.intake.write(batch);
              const error = failure(calls === 1 ? "outcomeUnknown" : code);
              return batch.items.map(({ writeId }) => ({ writeId, status: "failed", error }));
            },
          },
        }),
      },
    },
    configuration: { routes: [{ to: ["eu"] }] },
  });
  const { destinations } = await volenti.collect(makeSubmission({ decisions: [makeDecision()] }));
  expect(calls).toBe(2);
  expect(destinations).toEqual([{ id: "eu", ...told }]);
});
