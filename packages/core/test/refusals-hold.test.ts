import { describe, expect, it } from "vitest";
import { ConnectorError, type ConnectorV1, type WriteBatchV1, type WriteOutcomeV1 } from "@volenti/core/adapter";
import type { SubmissionResult, Volenti } from "@volenti/core";
import { createMemorySystem } from "@volenti/memory";
import { createBrand } from "./support/create-brand.ts";
import { freshUuid, makeDecision, makeSubmission } from "./support/make-submission.ts";

const email = (value: string): object => ({ kind: "email", value });
const phone = (value: string): object => ({ kind: "phone", value });
const named = (...identifiers: object[]): { subject: object } => ({ subject: { identifiers } });
const scc = { transferMechanism: "standardContractualClauses" };

async function collectAll(volenti: Volenti, inputs: readonly unknown[], options: object = {}): Promise<SubmissionResult[]> {
  const results: SubmissionResult[] = [];
  for await (const result of volenti.collectMany(inputs, options)) results.push(result);
  return results;
}

/** A system that refuses whoever is called so. */
function refusesOneName(connector: ConnectorV1): ConnectorV1 {
  const write = async (batch: WriteBatchV1): Promise<readonly WriteOutcomeV1[]> => {
    const good = batch.items.filter(({ profile }) => profile?.["givenName"]?.value !== "Refused");
    const outcomes = good.length === 0 ? [] : await connector.intake.write({ ...batch, items: good });
    return batch.items.map(({ writeId }) => {
      const error = new ConnectorError({ code: "rejectedByProvider", connectorId: "crm", operation: "write" });
      return outcomes.find((outcome) => outcome.writeId === writeId) ?? { writeId, status: "failed", error };
    });
  };
  return { ...connector, intake: { write } };
}

describe("a refusal", () => {
  it("is not lost with another submission of the same person that the system refuses", async () => {
    const { volenti } = createBrand({ destinations: { crm: { region: "EU", ...scc, wrap: refusesOneName } }, configuration: { routes: [{ to: ["crm"] }] } });
    await volenti.collect(makeSubmission({ occurredAt: "2026-11-20T00:00:00.000Z", decisions: [makeDecision()] }));
    const results = await collectAll(volenti, [
      makeSubmission({ profile: { givenName: "Refused" } }),
      makeSubmission({ decisions: [makeDecision({ status: "withdrawn" })] }),
      makeSubmission({ profile: { familyName: "Moreau" } }),
    ]);
    expect(results.map(({ destinations }) => destinations[0]?.outcome)).toEqual(["rejected", "applied", "applied"]);
  });

  it("is delivered where a submission of the same person is a conflicting replay that only a second ledger knows", async () => {
    const submissionId = freshUuid();
    const other = createBrand({ destinations: { b: { region: "EU" } }, configuration: { routes: [{ to: ["b"] }] }, systems: { b: createMemorySystem() } });
    await other.volenti.collect(makeSubmission({ submissionId, profile: { givenName: "Anne" } }));
    const { volenti, systems } = createBrand({
      destinations: { a: { region: "EU" }, b: { region: "EU" } },
      configuration: { routes: [{ to: ["a", "b"] }], keys: other.volenti.keyring },
      systems: { a: createMemorySystem(), b: other.systems["b"]! },
    });
    const results = await collectAll(volenti, [
      makeSubmission({ submissionId, decisions: [makeDecision({ status: "withdrawn" })] }),
      makeSubmission({ occurredAt: "2026-11-21T11:00:00.000Z", decisions: [makeDecision({ status: "withdrawn" })] }),
    ]);
    expect(results[1]).toMatchObject({ outcome: "delivered", destinations: [{ outcome: "applied" }, { outcome: "applied" }] });
    expect(results[0]).toMatchObject({ outcome: "partlyDelivered", problems: [{ path: "submissionId", code: "conflictingReplay" }] });
    expect(results[0]!.receipt).not.toBeNull();
    expect(systems["a"]!.records.decisionsById.has(results[0]!.decisions[0]!.id)).toBe(true);
  });

  it("closes the profile of everybody whom it reaches, in the same batch and while another batch is under way", async () => {
    for (const batchSize of [10, 1]) {
      const { volenti } = createBrand();
      const grant = { decisions: [makeDecision({ purpose: "profiling", channel: undefined })] };
      await volenti.collect(makeSubmission({ ...named(email("a@example.com")), occurredAt: "2026-11-20T00:00:00.000Z", ...grant }));
      await volenti.collect(makeSubmission({ ...named(phone("+33199000001")), occurredAt: "2026-11-20T00:00:00.000Z", ...grant }));
      const results = await collectAll(
        volenti,
        [
          makeSubmission({ ...named(email("a@example.com"), phone("+33199000001")), decisions: [makeDecision({ purpose: "profiling", channel: undefined, status: "withdrawn" })] }),
          makeSubmission({ ...named(phone("+33199000001")), profile: { birthdate: "1990-02-03" } }),
        ],
        { batchSize, concurrency: 2 },
      );
      expect(results[1]!.withheld, `batches of ${batchSize}`).toEqual([{ attribute: "birthdate", reason: "noPermittedPurpose" }]);
    }
  });

  it("closes the profile for a later batch that names the person otherwise, while it is still under way", async () => {
    const { promise: gate, resolve: open } = Promise.withResolvers<void>();
    const { promise: arrived, resolve: arrive } = Promise.withResolvers<void>();
    const { volenti } = createBrand({
      destinations: { eu: { region: "EU", wrap: (connector) => ({ ...connector, intake: { write: async (batch) => {
        if (batch.items.some(({ decisions }) => decisions.some(({ record }) => record.status === "withdrawn"))) {
          arrive();
          await gate;
        }
        return connector.intake.write(batch);
      } } }) } },
      configuration: { routes: [{ to: ["eu"] }] },
    });
    const both = named(email("a@example.com"), phone("+33199000001"));
    await volenti.collect(makeSubmission({ ...both, occurredAt: "2026-11-20T00:00:00.000Z", decisions: [makeDecision({ purpose: "profiling", channel: undefined })] }));
    const refusal = volenti.collect(makeSubmission({ ...named(email("a@example.com")), decisions: [makeDecision({ purpose: "profiling", channel: undefined, status: "withdrawn" })] }));
    await arrived;
    const profile = volenti.collect(makeSubmission({ ...named(phone("+33199000001")), profile: { birthdate: "1990-02-03" } }));
    setImmediate(open);
    expect((await refusal).outcome).toBe("delivered");
    expect((await profile).withheld).toHaveLength(1);
  });

  it("reaches somebody else whom it matched also in a store off the route that knows them by that identifier", async () => {
    const { volenti, systems } = createBrand({
      destinations: { eu: { region: "EU", ...scc }, us: { region: "US", ...scc } },
      configuration: { routes: [{ countries: ["US"], to: ["us"] }, { to: ["eu"] }] },
    });
    const early = { occurredAt: "2026-11-20T00:00:00.000Z" };
    await volenti.collect(makeSubmission({ ...early, ...named(phone("+33199000001")), country: "US", decisions: [makeDecision({ locale: "en-US" })] }));
    await volenti.collect(makeSubmission({ ...early, ...named(email("a@example.com")), decisions: [makeDecision()] }));
    await volenti.collect(makeSubmission({ ...early, ...named(phone("+33199000001")), decisions: [makeDecision()] }));
    await volenti.collect(makeSubmission({ ...named(email("a@example.com"), phone("+33199000001")), decisions: [makeDecision({ status: "withdrawn" })] }));
    const [american] = [...systems["us"]!.records.people.values()];
    expect([...american!.states.values()]).toMatchObject([{ status: "withdrawn" }]);
  });
});

describe("a replay", () => {
  it("says no more than the person was asked, after the catalogue moved on", async () => {
    const purpose = { key: "news", version: "1", basis: "consent", mechanism: "optIn", attributes: ["email"], label: { en: "News" } } as const;
    const notice = { id: "signup", version: "3", locale: "fr-FR", purposes: ["news"], firstLayer: "a", text: "b", policyUrl: "https://example.com" };
    const systems = { eu: createMemorySystem() };
    const destinations = { eu: { region: "EU" } };
    const routes = [{ to: ["eu"] }];
    const before = createBrand({ destinations, systems, configuration: { purposes: [purpose], notices: [notice], routes } });
    const submission = makeSubmission({ decisions: [makeDecision({ purpose: "news", channel: undefined })] });
    const first = await before.volenti.collect(submission);
    for (const purposes of [[{ ...purpose, version: "2" }], [purpose, { ...purpose, version: "2" }]]) {
      const after = createBrand({ destinations, systems, configuration: { purposes, notices: [notice], routes, keys: before.volenti.keyring } });
      expect((await after.volenti.collect(submission)).decisions).toEqual(first.decisions);
      const [person] = [...systems.eu.records.people.values()];
      expect([...person!.states.values()]).toMatchObject([{ purposeVersion: "1" }]);
    }
    const late = createBrand({ destinations, systems, configuration: { purposes: [purpose, { ...purpose, version: "2" }], notices: [notice], routes, keys: before.volenti.keyring } });
    const result = await late.volenti.collect(makeSubmission({ ...named(email("b@example.com")), decisions: [makeDecision({ purpose: "news", channel: undefined })] }));
    expect(JSON.parse(systems.eu.records.decisionsById.get(result.decisions[0]!.id)!.canonical)).toMatchObject({ purpose: { version: "1" } });
  });

  it("with another content is noticed also where all of its profile was withheld", async () => {
    const { volenti } = createBrand();
    const submissionId = freshUuid();
    await volenti.collect(makeSubmission({ submissionId, profile: { birthdate: "1990-02-03" } }));
    expect(await volenti.collect(makeSubmission({ submissionId, profile: { birthdate: "1991-02-03" } }))).toMatchObject({ outcome: "rejected", problems: [{ code: "conflictingReplay" }] });
  });
});
