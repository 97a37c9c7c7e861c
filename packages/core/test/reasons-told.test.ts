import { describe, expect, it } from "vitest";
import { ConnectorError, type ConnectorV1, type WriteOutcomeV1 } from "@volenti/core/adapter";
import { createBrand } from "./support/create-brand.ts";
import { makeDecision, makeSubmission } from "./support/make-submission.ts";

function refusal(options: { providerCode?: string; fieldNames?: readonly string[] }): ConnectorError {
  return new ConnectorError({ code: "rejectedByProvider", connectorId: "crm", operation: "intake.write", ...options });
}

/** A destination whose answers to a write are changed so. */
function answering(change: (outcome: WriteOutcomeV1) => WriteOutcomeV1): (connector: ConnectorV1) => ConnectorV1 {
  return (connector) => ({ ...connector, intake: { write: async (batch) => (await connector.intake.write(batch)).map(change) } });
}

async function collectWith(change: (outcome: WriteOutcomeV1) => WriteOutcomeV1): Promise<unknown> {
  const { volenti } = createBrand({ destinations: { eu: { region: "EU", wrap: answering(change) } }, configuration: { routes: [{ to: ["eu"] }] } });
  return (await volenti.collect(makeSubmission({ profile: { givenName: "Inès" }, decisions: [makeDecision()] }))).destinations;
}

describe("what a system said of a refusal", () => {
  it("is told with its own code and its own names where it refused all of it", async () => {
    const error = refusal({ providerCode: "CBR00123", fieldNames: ["SalesPersonId"] });
    expect(await collectWith(({ writeId }) => ({ writeId, status: "failed", error }))).toEqual([
      { id: "eu", outcome: "rejected", code: "rejectedByProvider", providerCode: "CBR00123", fieldNames: ["SalesPersonId"] },
    ]);
  });

  it("is told the same where it refused one decision", async () => {
    const error = refusal({ providerCode: "FIELD_INTEGRITY_EXCEPTION", fieldNames: ["Status__c"] });
    const refuseDecisions = (outcome: WriteOutcomeV1): WriteOutcomeV1 =>
      outcome.status === "written" ? { ...outcome, decisions: outcome.decisions.map(({ decisionId }) => ({ decisionId, outcome: "rejected", error })) } : outcome;
    expect(await collectWith(refuseDecisions)).toEqual([
      { id: "eu", outcome: "partlyApplied", code: "rejectedByProvider", providerCode: "FIELD_INTEGRITY_EXCEPTION", fieldNames: ["Status__c"] },
    ]);
  });

  it("is left out where it said nothing", async () => {
    expect(await collectWith(({ writeId }) => ({ writeId, status: "failed", error: refusal({ fieldNames: [] }) }))).toEqual([
      { id: "eu", outcome: "rejected", code: "rejectedByProvider" },
    ]);
  });
});
