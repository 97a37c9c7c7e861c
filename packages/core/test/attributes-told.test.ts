import { describe, expect, it } from "vitest";
import type { AttributeOutcomeV1, ConnectorV1 } from "@volenti/core/adapter";
import { createBrand } from "./support/create-brand.ts";
import { makeDecision, makeSubmission } from "./support/make-submission.ts";

/** A destination that says this of the attributes named, and takes all the others. */
function answering(told: Readonly<Record<string, AttributeOutcomeV1>>): (connector: ConnectorV1) => ConnectorV1 {
  return (connector) => ({
    ...connector,
    intake: {
      write: async (batch) => {
        const outcomes = await connector.intake.write(batch);
        return outcomes.map((outcome) => (outcome.status === "written" && outcome.profile !== undefined ? { ...outcome, profile: { ...outcome.profile, ...told } } : outcome));
      },
    },
  });
}

async function collectWith(told: Readonly<Record<string, AttributeOutcomeV1>>): Promise<unknown> {
  const { volenti } = createBrand({ destinations: { eu: { region: "EU", wrap: answering(told) } }, configuration: { routes: [{ to: ["eu"] }] } });
  const { destinations } = await volenti.collect(makeSubmission({ profile: { givenName: "Inès", locale: "fr-FR" }, decisions: [makeDecision()] }));
  return destinations;
}

describe("an attribute that a destination did not store", () => {
  it("is named, and makes the delivery a partial one, where its value was refused", async () => {
    expect(await collectWith({ givenName: "rejected" })).toEqual([{ id: "eu", outcome: "partlyApplied", code: "attributesRejected", rejectedAttributes: ["givenName"] }]);
  });

  it("is named, and no failure, where the brand gave it no place", async () => {
    expect(await collectWith({ locale: "notKept" })).toEqual([{ id: "eu", outcome: "applied", notKeptAttributes: ["locale"] }]);
  });
});
