import { createGovernance } from "@volenti/governance";
import { describe, expect, it } from "vitest";
import { decide, NOW, openShop, toSubmission } from "./support/open-shop.ts";

const into = { kind: "email", value: "ines@example.com" } as const;
const from = { kind: "email", value: "ines.moreau@example.org" } as const;

async function openTwo(options: Parameters<typeof openShop>[0] = {}): Promise<ReturnType<typeof openShop>> {
  const shop = openShop(options);
  await shop.submit({ email: into.value, decisions: [decide("given")] });
  await shop.submit({ email: from.value, decisions: [decide("refused")] });
  return shop;
}

describe("merge", () => {
  it("makes two people one, and what either refuses is revoked for the survivor, now and everywhere", async () => {
    const { governance } = await openTwo();
    const report = await governance.merge({ into, from });
    expect(report).toMatchObject({
      outcome: "merged",
      reason: null,
      ledgers: ["ledger"],
      revoked: [{ purpose: "marketing.email", channel: "email" }],
      destinations: [{ id: "ledger", outcome: "applied" }, { id: "crm", outcome: "applied" }],
    });
    for (const identifier of [into, from]) {
      const view = await governance.show({ identifier });
      expect(view.mergedRefs).toEqual([report.from]);
      expect(view.destinations.find(({ id }) => id === "ledger")).toMatchObject({ subjectRef: report.into });
      expect(view.consents.find(({ purpose }) => purpose === "marketing.email")).toMatchObject({
        answer: "refused",
        decision: { status: "revoked", effectiveAt: new Date(NOW).toISOString(), collectionPoint: "merge" },
      });
      expect(view.access.some(({ purpose }) => purpose === "marketing.email")).toBe(false);
    }
  });

  it("keeps both histories, and the copies of both", async () => {
    const { governance } = await openTwo();
    await governance.merge({ into, from });
    const { document } = await governance.export({ identifier: into });
    const statuses = document?.decisions.map(({ canonical }) => JSON.parse(canonical).status).toSorted();
    expect(new Set(statuses)).toEqual(new Set(["given", "refused", "revoked"]));
    expect(document?.profile.filter(({ attribute }) => attribute === "email").map(({ value }) => value).toSorted()).toEqual([from.value, into.value]);
  });

  it("lets a later no reach the copies that are held under the other ref, and the ledger once", async () => {
    const { governance, submit, ledger, volenti } = openShop();
    await submit({ email: into.value, decisions: [decide("given")], occurredAt: "2026-11-21T10:00:00.000Z" });
    await submit({ email: from.value, decisions: [decide("given")], occurredAt: "2026-11-21T10:05:00.000Z" });
    const report = await governance.merge({ into, from });
    const recorded = ledger.records.decisionsById.size;
    await submit({ email: into.value, profile: {}, decisions: [decide("withdrawn")], occurredAt: "2026-11-21T11:00:00.000Z" });
    for (const subjectRef of [report.into ?? "", report.from ?? ""]) {
      const state = await volenti.destinations.get("crm")?.consent.getState({ subjectRef, purpose: "marketing.email", channel: "email" });
      expect(state).toMatchObject({ status: "withdrawn" });
    }
    expect(ledger.records.decisionsById.size).toBe(recorded + 1);
  });

  it("knows a file again that was collected before, whoever of both it is about", async () => {
    const { governance, volenti, ledger, crm } = openShop();
    const files = [into.value, from.value].map((email) => toSubmission({ email }));
    for (const submission of files) await volenti.collect(submission);
    await governance.merge({ into, from });
    const recorded = [ledger, crm].map(({ records }) => records.decisionsById.size);
    for (const submission of files) {
      const again = await volenti.collect(submission);
      expect(again).toMatchObject({ outcome: "delivered", problems: [], decisions: [{ status: "given" }] });
    }
    expect([ledger, crm].map(({ records }) => records.decisionsById.size)).toEqual(recorded);
  });

  it("is undone by an erasure of either: both go, in every system", async () => {
    for (const identifier of [into, from]) {
      const { governance } = await openTwo();
      await governance.merge({ into, from });
      expect(await governance.erase({ identifier, requestedAt: NOW })).toMatchObject({ outcome: "complete" });
      for (const name of [into, from]) expect((await governance.show({ identifier: name })).found).toBe(false);
    }
  });

  it("lets what only one of them agreed to stand for what both give from then on", async () => {
    const { governance, submit } = openShop({ purposes: [{ key: "marketing.email", version: "1", basis: "consent", mechanism: "optIn", channels: ["email"], attributes: ["email"], label: { en: "News" } }] });
    await submit({ email: into.value, decisions: [], profile: { email: into.value } });
    await submit({ email: from.value, decisions: [decide("given")] });
    await governance.merge({ into, from });
    const later = await submit({ email: into.value, decisions: [], profile: { email: into.value } });
    expect(later.withheld).toEqual([]);
  });

  it("changes nothing the second time", async () => {
    const { governance, ledger } = await openTwo();
    const first = await governance.merge({ into, from });
    const recorded = ledger.records.decisionsById.size;
    const second = await governance.merge({ into, from });
    expect(second).toMatchObject({ outcome: "merged", into: first.into, from: first.into, revoked: [] });
    expect(ledger.records.decisionsById.size).toBe(recorded);
  });

  it("merges nobody until the refusals arrived everywhere, and finishes with a second run", async () => {
    const { governance, crm, volenti } = await openTwo();
    const limited = createGovernance({ ...volenti, collect: async (submission) => {
      crm.fail({ kind: "unavailable" });
      return volenti.collect(submission);
    } });
    expect(await limited.merge({ into, from })).toMatchObject({ outcome: "incomplete", reason: "undelivered", ledgers: [] });
    crm.fail(null);
    expect((await governance.show({ identifier: from })).mergedRefs).toEqual([]);
    expect(await governance.merge({ into, from })).toMatchObject({ outcome: "merged", ledgers: ["ledger"] });
  });

  it("refuses to join people who are in different ledgers", async () => {
    const { governance, submit } = openShop({ crmLedger: true, routes: [{ countries: ["FR"], to: ["ledger"] }, { countries: ["IE"], to: ["crm"] }] });
    await submit({ email: into.value });
    await submit({ email: from.value, country: "IE" });
    expect(await governance.merge({ into, from })).toMatchObject({ outcome: "refused", reason: "differentLedgers" });
  });

  it("says that one of them is nobody, and records nothing", async () => {
    const { governance, ledger } = await openTwo();
    const recorded = ledger.records.decisionsById.size;
    const stranger = { kind: "email", value: "nobody@example.com" } as const;
    expect(await governance.merge({ into, from: stranger })).toMatchObject({ outcome: "refused", reason: "notFound" });
    expect(ledger.records.decisionsById.size).toBe(recorded);
  });

  it("says that no ledger can merge them", async () => {
    const { governance } = await openTwo({ change: ({ crm }) => ({ crm }) });
    expect(await governance.merge({ into, from })).toMatchObject({ outcome: "refused", reason: "unsupported" });
  });
});
