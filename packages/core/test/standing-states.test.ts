import { describe, expect, it } from "vitest";
import type { ConnectorV1, SubjectWriteV1 } from "@volenti/core/adapter";
import { createBrand } from "./support/create-brand.ts";
import { makeDecision, makeSubmission } from "./support/make-submission.ts";

/** Notes what a destination is given. */
function noting(items: SubjectWriteV1[]): (connector: ConnectorV1) => ConnectorV1 {
  return (connector) => ({
    ...connector,
    intake: {
      write: async (batch) => {
        items.push(...batch.items);
        return connector.intake.write(batch);
      },
    },
  });
}

describe("what stands in the route's ledger", () => {
  it("goes with the next item of the person to every destination", async () => {
    const items: SubjectWriteV1[] = [];
    const { volenti } = createBrand({
      destinations: { eu: { region: "EU" }, stores: { region: "EU", ledger: false, wrap: noting(items) } },
      configuration: { routes: [{ to: ["eu", "stores"] }] },
    });
    const first = await volenti.collect(makeSubmission({ decisions: [makeDecision()] }));
    await volenti.collect(makeSubmission({ submissionId: "5f0f5e0e-6a1e-4a53-9d0b-0f5d3b0c7f12", decisions: [makeDecision()] }));
    expect(items.map(({ standing }) => standing?.map(({ decisionId }) => decisionId))).toEqual([[], [first.decisions[0]?.id]]);
  });

  it("is nothing that a destination is told of where the route has no ledger", async () => {
    const items: SubjectWriteV1[] = [];
    const { volenti } = createBrand({ destinations: { stores: { region: "EU", ledger: false, wrap: noting(items) } }, configuration: { routes: [{ to: ["stores"] }] } });
    await volenti.collect(makeSubmission({ decisions: [makeDecision()] }));
    expect(items.map(({ standing }) => standing)).toEqual([undefined]);
  });
});
