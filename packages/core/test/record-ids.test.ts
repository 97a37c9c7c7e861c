import { describe, expect, it } from "vitest";
import type { ConnectorV1, WriteOutcomeV1 } from "@volenti/core/adapter";
import { createBrand, type Brand } from "./support/create-brand.ts";
import { makeDecision, makeSubmission } from "./support/make-submission.ts";

/** A ledger, and stores that note which record they are told of, and answer the next of these; undefined: none. */
function openRemembering(request: { answers: (string | null | undefined)[]; ledger?: boolean; wrapLedger?: (connector: ConnectorV1) => ConnectorV1 }): { brand: Brand; told: (string | undefined)[] } {
  const { answers, ledger = true, wrapLedger = (connector) => connector } = request;
  const told: (string | undefined)[] = [];
  const wrap = (connector: ConnectorV1): ConnectorV1 => ({
    ...connector,
    intake: {
      write: async (batch) => {
        told.push(...batch.items.map(({ subject }) => subject.recordId));
        const written = await connector.intake.write(batch);
        return written.map((outcome): WriteOutcomeV1 => {
          const recordId = answers.shift();
          return outcome.status === "written" && recordId !== undefined ? { ...outcome, recordId } : outcome;
        });
      },
    },
  });
  const brand = createBrand({
    destinations: { eu: { region: "EU", ledger, wrap: wrapLedger }, stores: { region: "EU", ledger: false, wrap } },
    configuration: { routes: [{ to: ["eu", "stores"] }] },
  });
  return { brand, told };
}

function submissionOf(number: number, status = "given"): ReturnType<typeof makeSubmission> {
  return makeSubmission({ submissionId: `5f0f5e0e-6a1e-4a53-9d0b-00000000000${number}`, decisions: [makeDecision({ status })] });
}

async function collectThrice(brand: Brand): Promise<readonly string[]> {
  const outcomes: string[] = [];
  for (const [number, status] of [[1, "given"], [2, "withdrawn"], [3, "given"]] as const) outcomes.push((await brand.volenti.collect(submissionOf(number, status))).outcome);
  return outcomes;
}

describe("the record that a destination names for a person", () => {
  it("is told with the next item, until another or none is named", async () => {
    const { brand, told } = openRemembering({ answers: ["Y2-1", "Y2-2", null, undefined] });
    await collectThrice(brand);
    await brand.volenti.collect(submissionOf(4, "withdrawn"));
    expect(told).toEqual([undefined, "Y2-1", "Y2-2", undefined]);
  });

  it("is told to that destination alone", async () => {
    const { brand, told } = openRemembering({ answers: [] });
    const { volenti } = brand;
    await volenti.collect(submissionOf(1));
    const subjectRef = await volenti.findSubject({ destinationId: "eu", identifier: { kind: "email", value: "ines@example.com" } });
    await volenti.destinations.get("eu")?.recordIds?.keep({ destinationId: "shop", recordIds: [{ subjectRef: subjectRef ?? "", recordId: "S-1" }] });
    await volenti.collect(submissionOf(2, "withdrawn"));
    expect(told).toEqual([undefined, undefined]);
  });

  it("stays where nothing is said of it", async () => {
    const { brand, told } = openRemembering({ answers: ["Y2-1", undefined] });
    await collectThrice(brand);
    expect(told).toEqual([undefined, "Y2-1", "Y2-1"]);
  });

  it("is one call of the ledger's where it is new, and none where it is known", async () => {
    const kept: number[] = [];
    const wrapLedger = (connector: ConnectorV1): ConnectorV1 => ({
      ...connector,
      recordIds: { keep: async (request) => {
        kept.push(request.recordIds.length);
        await connector.recordIds?.keep(request);
      } },
    });
    const { brand } = openRemembering({ answers: ["Y2-1", "Y2-1", "Y2-1"], wrapLedger });
    await collectThrice(brand);
    expect(kept).toEqual([1]);
  });

  it.each([
    ["the ledger cannot keep it", (connector: ConnectorV1): ConnectorV1 => ({ ...connector, recordIds: { keep: () => Promise.reject(new Error("gone")) } })],
    ["the ledger keeps none", ({ recordIds: _recordIds, ...connector }: ConnectorV1): ConnectorV1 => connector],
  ])("is lost where %s, and nobody is told", async (_name, wrapLedger) => {
    const { brand, told } = openRemembering({ answers: ["Y2-1", "Y2-1", "Y2-1"], wrapLedger });
    expect(await collectThrice(brand)).toEqual(["delivered", "delivered", "delivered"]);
    expect(told).toEqual([undefined, undefined, undefined]);
  });

  it.each([["is empty", ""], ["is longer than an id may be", "x".repeat(201)]])("is not kept where it %s", async (_name, recordId) => {
    const { brand, told } = openRemembering({ answers: [recordId] });
    await collectThrice(brand);
    expect(told).toEqual([undefined, undefined, undefined]);
  });

  it("is kept nowhere without a ledger", async () => {
    const { brand, told } = openRemembering({ answers: ["Y2-1"], ledger: false });
    await collectThrice(brand);
    expect(told).toEqual([undefined, undefined, undefined]);
  });
});
