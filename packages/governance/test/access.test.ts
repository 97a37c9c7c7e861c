import { createGovernance, type AuditEntry, type Governance } from "@volenti/governance";
import { describe, expect, it } from "vitest";
import { acknowledgeLoyalty, decide, openShop } from "./support/open-shop.ts";

const ines = { identifier: { kind: "email", value: "ines@example.com" } } as const;

async function entriesOf(governance: Governance, request: Parameters<Governance["audit"]>[0] = {}): Promise<AuditEntry[]> {
  const entries: AuditEntry[] = [];
  for await (const entry of governance.audit(request)) entries.push(entry);
  return entries;
}

describe("the access log", () => {
  it("holds who looked, why and at which attributes, and no value", async () => {
    const { volenti, submit, ledger } = openShop();
    await submit();
    const governance = createGovernance(volenti, { actor: "agent-7", reason: "ticket 12" });
    const view = await governance.show(ines);
    expect(view.accessLog).toBe("recorded");
    const [entry] = await entriesOf(governance, ines);
    expect(entry).toMatchObject({
      kind: "access",
      destinationId: "ledger",
      access: { at: volenti.clock.now(), operation: "show", actor: "agent-7", reason: "ticket 12", attributes: ["email", "givenName"], recipient: null },
    });
    expect(JSON.stringify([...ledger.records.accesses.values()])).not.toMatch(/ines@example|Inès/);
  });

  it("lists each ledger's end, and that a destination without a ledger keeps none", async () => {
    const { governance, submit } = openShop();
    await submit();
    expect(await entriesOf(governance)).toEqual([
      { kind: "destination", destinationId: "ledger", status: "read", code: null },
      { kind: "destination", destinationId: "crm", status: "noLog", code: null },
    ]);
  });

  it("shows nothing where the ledger that holds the person cannot record the look", async () => {
    const { governance, submit } = openShop({
      change: ({ ledger, crm }) => ({
        ledger: { ...ledger, ...(ledger.custody === undefined ? {} : { custody: { ...ledger.custody, recordAccesses: () => Promise.reject(new Error("full")) } }) },
        crm,
      }),
    });
    await submit();
    await expect(governance.show(ines)).rejects.toThrow();
    await expect(governance.export(ines)).rejects.toThrow();
  });

  it("shows no copy while the ledger that may hold the person cannot be asked", async () => {
    const { governance, submit, ledger } = openShop();
    await submit();
    ledger.fail({ kind: "unavailable" });
    await expect(governance.show(ines)).rejects.toMatchObject({ code: "unavailable", operation: "recordAccesses" });
  });

  it("says that a person whom no ledger holds is on no log", async () => {
    const { governance, submit } = openShop({ change: ({ crm }) => ({ crm }) });
    await submit();
    expect(await governance.show(ines)).toMatchObject({ found: true, accessLog: "none" });
  });
});

describe("who has access", () => {
  it("names attributes, places and recipients of each ground, with the decision and its notice", async () => {
    const { governance, submit } = openShop();
    const { decisions: [decision] } = await submit();
    const { access, heldWithoutPurpose } = await governance.show(ines);
    expect(access).toMatchObject([
      { purpose: "loyalty", basis: "contract", attributes: ["email", "givenName"], since: null, decisionId: null },
      {
        purpose: "marketing.email",
        channel: "email",
        basis: "consent",
        attributes: ["email"],
        destinations: [{ id: "ledger", attributes: ["email"] }, { id: "crm", attributes: ["email"] }],
        since: "2026-11-21T10:00:00.000Z",
        decisionId: decision?.id,
        notice: { id: "signup", version: "3", locale: "fr-FR" },
        suspended: false,
      },
    ]);
    expect(access[1]?.sentence).toBe(
      "“News” by email may use email, with consent. Held in ledger (FR); crm (IE). Nobody else receives it. Since 2026-11-21T10:00:00.000Z: given under notice signup 3 (fr-FR).",
    );
    expect(heldWithoutPurpose).toEqual([]);
  });

  it("never counts an unknown answer as consent, and tells when the person was shown a purpose that needs none", async () => {
    const { governance, submit } = openShop();
    await submit({ decisions: [acknowledgeLoyalty()] });
    expect((await governance.show(ines)).access).toMatchObject([
      { purpose: "loyalty", status: "acknowledged", since: "2026-11-21T10:00:00.000Z", notice: { id: "signup", version: "3" } },
    ]);
  });

  it("tells what is held without a purpose once everything is refused", async () => {
    const { governance, submit, volenti } = openShop();
    await submit();
    await submit({ occurredAt: "2026-11-21T11:00:00.000Z", profile: {}, decisions: [decide("withdrawn"), { ...acknowledgeLoyalty(), status: "objected" }] });
    const { access, heldWithoutPurpose } = await createGovernance(volenti).show(ines);
    expect(access).toEqual([]);
    expect(heldWithoutPurpose).toMatchObject([
      { id: "ledger", attributes: ["email", "givenName"], sentence: "ledger (FR) holds email, givenName though no purpose permits it now." },
      { id: "crm", attributes: ["email", "givenName"] },
    ]);
    expect((await governance.show(ines)).accessLog).toBe("recorded");
  });

  it("shows holds and a restriction, under which nothing may be used", async () => {
    const { governance, submit, volenti } = openShop();
    await submit();
    const custody = volenti.destinations.get("ledger")?.custody;
    const subjectRef = await volenti.findSubject({ destinationId: "ledger", identifier: { kind: "email", value: "ines@example.com" } });
    if (custody === undefined || subjectRef === null) expect.fail("the ledger holds nobody");
    const holdId = "5f0f5e0e-6a1e-4a53-9d0b-0f5d3b0c7f11";
    await custody.setHold({ subjectRef, hold: { holdId, scope: ["*"], law: "CGI art. 102 B", reason: "invoices", until: null, setAt: 1 } });
    await custody.setRestriction({ subjectRef, restriction: { since: 2, reason: "contested" } });
    const view = await governance.show(ines);
    expect(view.holds).toMatchObject([{ destinationId: "ledger", holdId, active: true, law: "CGI art. 102 B", until: null }]);
    expect(view.restrictions).toEqual([{ destinationId: "ledger", since: "1970-01-01T00:00:00.002Z", reason: "contested" }]);
    expect(view.access.every(({ suspended }) => suspended)).toBe(true);
  });
});
