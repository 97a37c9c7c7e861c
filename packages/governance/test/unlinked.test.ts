import { ConnectorError } from "@volenti/core";
import type { ConnectorV1 } from "@volenti/core/adapter";
import type { ReleaseReport } from "@volenti/governance";
import { describe, expect, it } from "vitest";
import { openShop, type Shop } from "./support/open-shop.ts";

const ines = { identifier: { kind: "email", value: "ines@example.com" } } as const;

/** A CRM that has, beside those whom it knows by refs, a customer with this address whom nobody has linked. */
function withUnlinked(request: { connector: ConnectorV1; email: string }): ConnectorV1 {
  const { connector: { overview: _, ...connector }, email } = request;
  return {
    ...connector,
    profiles: {
      get: connector.profiles.get,
      find: async ({ identifier }) => {
        if (identifier.value !== email) return connector.profiles.find({ identifier });
        throw new ConnectorError({ code: "unlinked", connectorId: "crm", operation: "profiles.find", recordIds: ["C-1"] });
      },
    },
  };
}

/** The person's address is a stranger's to the CRM; the ledger knows them where `isKnown`. */
async function openUnlinkedShop({ isKnown }: { isKnown: boolean }): Promise<Shop> {
  const shop = openShop({
    routes: [{ countries: ["FR"], to: ["ledger"] }, { to: ["ledger", "crm"] }],
    change: ({ ledger, crm }) => ({ ledger, crm: withUnlinked({ connector: crm, email: "ines@example.com" }) }),
  });
  if (isKnown) await shop.submit();
  return shop;
}

describe("somebody whom a destination holds and nobody has linked", () => {
  it("is shown as held, with the system's own id, beside what others hold", async () => {
    const { governance } = await openUnlinkedShop({ isKnown: true });
    expect(await governance.show(ines)).toMatchObject({ found: true, complete: false, destinations: [{ status: "found" }, { id: "crm", status: "unlinked", recordIds: ["C-1"] }] });
  });

  it("is a conflict where the destination has the person under a ref as well", async () => {
    const { governance, submit } = await openUnlinkedShop({ isKnown: false });
    await submit({ country: "DE" });
    expect(await governance.show(ines)).toMatchObject({ destinations: [{ status: "found" }, { status: "conflict", recordIds: ["C-1"] }] });
    expect(await governance.erase({ ...ines, requestedAt: Date.UTC(2026, 10, 21, 11) })).toMatchObject({ outcome: "incomplete", destinations: [{ status: "notAttempted" }, { status: "conflict" }] });
  });

  it("keeps an export from leaving, in part too, and a release from giving anything", async () => {
    const { governance } = await openUnlinkedShop({ isKnown: true });
    expect(await governance.export({ ...ines, partial: true })).toMatchObject({ outcome: "unlinked", document: null, destinations: [{ status: "found" }, { status: "unlinked", code: null }] });
    const released = await governance.release({ ...ines, recipient: "destination:crm" });
    expect(released).toMatchObject({ given: false, unlinked: ["crm"] } satisfies Partial<ReleaseReport>);
  });

  it("keeps the ledger from forgetting the person, and both from being made one with somebody", async () => {
    const { governance, submit, ledger } = await openUnlinkedShop({ isKnown: true });
    await submit({ email: "agnes@example.com" });
    const report = await governance.erase({ ...ines, requestedAt: Date.UTC(2026, 10, 21, 11) });
    expect(report).toMatchObject({ outcome: "incomplete", destinations: [{ id: "ledger", status: "notAttempted", code: "copiesRemain" }, { id: "crm", status: "unlinked" }] });
    expect(ledger.records.people.size).toBe(2);
    const merged = await governance.merge({ into: { kind: "email", value: "agnes@example.com" }, from: ines.identifier });
    expect(merged).toMatchObject({ outcome: "refused", reason: "unlinked" });
  });

  it("leaves a request to people: known to nobody else it is no `no_match`, and known it is not fulfilled", async () => {
    const unknown = await openUnlinkedShop({ isKnown: false });
    for (const kind of ["access", "portability", "erase", "withdraw", "restrict"] as const) {
      const { request } = await unknown.governance.rights.ask({ ...ines, kind, actor: "officer", country: "FR" });
      expect([kind, request]).toMatchObject([kind, { state: "in_progress", targets: [{ system: "ledger", outcome: "notHeld" }, { system: "crm", state: "needsHuman", outcome: "unlinked" }] }]);
    }
    const known = await openUnlinkedShop({ isKnown: true });
    for (const kind of ["access", "portability", "erase", "withdraw", "restrict"] as const) {
      const answer = await known.governance.rights.ask({ ...ines, kind, actor: "officer" });
      expect([kind, answer.exported, answer.request?.state, answer.request?.targets[1]]).toMatchObject([kind, null, "in_progress", { system: "crm", state: "needsHuman", outcome: "unlinked" }]);
    }
  });

  it("keeps their address from becoming another person's", async () => {
    const { governance, submit } = await openUnlinkedShop({ isKnown: false });
    await submit({ email: "agnes@example.com" });
    const answer = await governance.rights.ask({ identifier: { kind: "email", value: "agnes@example.com" }, kind: "rectify", actor: "officer", profile: { email: "ines@example.com" } });
    expect(answer.problem).toMatchObject({ code: "severalPeople", fields: [{ path: "profile.email", code: "identifierElsewhere" }] });
  });
});
