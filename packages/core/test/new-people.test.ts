import { describe, expect, it } from "vitest";
import type { ConnectorV1, SubjectWriteV1, WriteOutcomeV1 } from "@volenti/core/adapter";
import { ConnectorError } from "@volenti/core";
import { createBrand, type Brand } from "./support/create-brand.ts";
import { makeDecision, makeSubmission } from "./support/make-submission.ts";

type Answer = (item: SubjectWriteV1) => ConnectorError | null;

/** A ledger, and stores that note whom they are told to be new, and fail as they are told to. */
function openNoting(request: { answer?: Answer; ledger?: boolean } = {}): { brand: Brand; told: (boolean | undefined)[] } {
  const { answer = () => null, ledger = true } = request;
  const told: (boolean | undefined)[] = [];
  const wrap = (connector: ConnectorV1): ConnectorV1 => ({
    ...connector,
    intake: {
      write: async (batch) => {
        told.push(...batch.items.map(({ subject }) => subject.isNew));
        const written = await connector.intake.write(batch);
        return batch.items.flatMap((item, index): readonly WriteOutcomeV1[] => {
          const error = answer(item);
          const outcome = written[index];
          if (error !== null) return [{ writeId: item.writeId, status: "failed", error }];
          return outcome === undefined ? [] : [outcome];
        });
      },
    },
  });
  const brand = createBrand({
    destinations: { eu: { region: "EU", ledger }, stores: { region: "EU", ledger: false, wrap } },
    configuration: { routes: [{ to: ["eu", "stores"] }] },
  });
  return { brand, told };
}

const FIRST = makeSubmission({ decisions: [makeDecision()] });
const SECOND = makeSubmission({ submissionId: "5f0f5e0e-6a1e-4a53-9d0b-0f5d3b0c7f12", decisions: [makeDecision({ status: "withdrawn" })] });

describe("a person whom the ledger did not know", () => {
  it("is told as new by the first item alone", async () => {
    const { brand, told } = openNoting();
    await brand.volenti.collect(FIRST);
    await brand.volenti.collect(SECOND);
    await brand.volenti.collect(FIRST);
    expect(told.map((isNew) => isNew === true)).toEqual([true, false, false]);
  });

  it("is new no more when the item is sent again, as the attempt before may have made them", async () => {
    let isLost = true;
    const answer = (): ConnectorError | null => {
      const error = isLost ? new ConnectorError({ code: "outcomeUnknown", connectorId: "stores", operation: "write" }) : null;
      isLost = false;
      return error;
    };
    const { brand, told } = openNoting({ answer });
    expect((await brand.volenti.collect(FIRST)).outcome).toBe("delivered");
    expect(told).toEqual([true, undefined]);
  });

  it("is new no more when an item of several submissions is taken apart", async () => {
    const answer = ({ decisions }: SubjectWriteV1): ConnectorError | null =>
      decisions.length > 1 ? new ConnectorError({ code: "rejectedByProvider", connectorId: "stores", operation: "write" }) : null;
    const { brand, told } = openNoting({ answer });
    for await (const result of brand.volenti.collectMany([FIRST, SECOND])) expect(result.outcome).toBe("delivered");
    expect(told).toEqual([true, undefined, undefined]);
  });

  it("is not told as new in a later run, where the first one ended before anything was delivered", async () => {
    const { brand, told } = openNoting({ answer: () => new ConnectorError({ code: "rejectedByProvider", connectorId: "stores", operation: "write" }) });
    await brand.volenti.collect(FIRST);
    await brand.volenti.collect(FIRST);
    expect(told).toEqual([true, undefined]);
  });
});

describe("a person without a ledger", () => {
  it("is never told as new: nobody knows", async () => {
    const { brand, told } = openNoting({ ledger: false });
    await brand.volenti.collect(FIRST);
    expect(told).toEqual([undefined]);
  });
});
