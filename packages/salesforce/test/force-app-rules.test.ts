import { RowRefusedError, type SalesforceEmulator } from "@volenti/emulators";
import { describe, expect, it } from "vitest";
import { createProvisioner } from "../src/provisioning/create-provisioner.ts";
import type { SalesforceSession } from "../src/transport/salesforce-session.ts";
import { openProvisioningOrg } from "./support/provisioning-org.ts";

const NOW = Date.parse("2026-11-24T12:00:00.250Z");
const STAMP = 2048;
const ENDS_PERMISSION = 2 ** 48;

interface RuledOrg {
  readonly emulator: SalesforceEmulator;
  /** As the integration does: by key, answering the status and what the org said. */
  readonly upsert: (objectName: string, keyField: string, key: string, values: Record<string, string | number | boolean | null>) => Promise<string>;
  readonly row: (objectName: string) => Record<string, unknown>;
  readonly agentEdits: (objectName: string, values: Record<string, unknown>) => void;
}

async function openRuledOrg(): Promise<RuledOrg> {
  const { emulator, open } = await openProvisioningOrg({ now: () => NOW });
  const session: SalesforceSession = open();
  await createProvisioner(session).apply();
  const row = (objectName: string): Record<string, unknown> => emulator.org.rows(objectName)[0] ?? {};
  return {
    emulator,
    row,
    agentEdits: (objectName, values) => emulator.org.update({ objectName, id: String(row(objectName)["Id"]), values, as: "agent" }),
    upsert: async (objectName, keyField, key, values) => {
      const { body } = await session.call({
        operation: "test", method: "PATCH", path: ["sobjects", objectName, keyField, key], body: values, changes: true, accepts: [400],
      });
      return Array.isArray(body) ? ((body[0] as { message: string }).message.split(":")[0] ?? "") : "written";
    },
  };
}

describe("a consent row", () => {
  async function openConsent(): Promise<RuledOrg & { write: (id: string, at: number, isGrant: boolean) => Promise<string> }> {
    const org = await openRuledOrg();
    await org.upsert("Individual", "VolentiRef__c", "one", { LastName: "Customer one" });
    const party = String(org.row("Individual")["Id"]);
    const write = (id: string, at: number, isGrant: boolean): Promise<string> =>
      org.upsert("ContactPointTypeConsent", "VolentiKey__c", "key", {
        Name: "marketing", PartyId: party, PrivacyConsentStatus: isGrant ? "OptIn" : "OptOut", VolentiDecisionId__c: id,
        VolentiEffectiveAt__c: at, VolentiTieBreak__c: isGrant ? 1 : ENDS_PERMISSION + 1, VolentiStatus__c: isGrant ? "given" : "refused",
        VolentiValidUntil__c: isGrant ? at + 1000 : null, VolentiRecipients__c: isGrant ? '["partner"]' : null,
      });
    return { ...org, write };
  }

  it("takes what is newer and refuses what is older, or tied and granting", async () => {
    const { write } = await openConsent();
    expect(await write("a", 1000, true)).toBe("written");
    expect(await write("b", 2000, false)).toBe("written");
    expect(await write("c", 1999, true)).toBe("VOLENTI_SUPERSEDED");
    expect(await write("d", 2000, true)).toBe("VOLENTI_SUPERSEDED");
    expect(await write("b", 2000, false)).toBe("written");
    expect(await write("e", 2001, true)).toBe("written");
  });

  it("becomes a decision of its own when an agent changes it, which nothing older undoes", async () => {
    const { write, row, agentEdits } = await openConsent();
    await write("a", 1000, true);
    agentEdits("ContactPointTypeConsent", { PrivacyConsentStatus: "OptOut" });
    expect(row("ContactPointTypeConsent")).toMatchObject({
      VolentiDecisionId__c: `staff-${NOW}`, VolentiStatus__c: "refused", VolentiEffectiveAt__c: NOW, VolentiTieBreak__c: ENDS_PERMISSION,
      VolentiValidUntil__c: null, VolentiRecipients__c: null,
    });
    expect(await write("b", NOW - 1, true)).toBe("VOLENTI_SUPERSEDED");
    expect(await write("c", NOW, true)).toBe("VOLENTI_SUPERSEDED");
    expect(await write("d", NOW + 1, true)).toBe("written");
  });

  it("dates an agent's change after what stands, also where that is ahead of the org's clock", async () => {
    const { write, row, agentEdits } = await openConsent();
    await write("a", NOW + 5000, true);
    agentEdits("ContactPointTypeConsent", { PrivacyConsentStatus: "NotSeen" });
    expect(row("ContactPointTypeConsent")).toMatchObject({ VolentiStatus__c: "invalidated", VolentiEffectiveAt__c: NOW + 5001 });
  });

  it("of another app's making is left alone", async () => {
    const { emulator, row, agentEdits } = await openConsent();
    emulator.org.insert({ objectName: "ContactPointTypeConsent", values: { Name: "theirs", PartyId: row("Individual")["Id"], PrivacyConsentStatus: "OptIn" } });
    agentEdits("ContactPointTypeConsent", { PrivacyConsentStatus: "OptOut" });
    expect(row("ContactPointTypeConsent")).toMatchObject({ VolentiDecisionId__c: null, VolentiEffectiveAt__c: null });
  });
});

describe("a customer's record", () => {
  const write = (org: RuledOrg, values: Record<string, string | number | boolean | null>): Promise<string> =>
    org.upsert("Contact", "VolentiRef__c", "one", { LastName: "Example", ...values });

  it("keeps the newer value of an attribute, a cleared one included", async () => {
    const org = await openRuledOrg();
    expect(await write(org, { Email: null, VolentiEmailAt__c: 2000 * STAMP })).toBe("written");
    expect(await write(org, { Email: "older@example.com", VolentiEmailAt__c: 1999 * STAMP })).toBe("VOLENTI_SUPERSEDED");
    expect(await write(org, { FirstName: "Ada", VolentiGivenNameAt__c: 1000 * STAMP })).toBe("written");
    expect(org.row("Contact")).toMatchObject({ Email: null, FirstName: "Ada" });
  });

  it("gets the instant of an agent's edit for that attribute alone", async () => {
    const org = await openRuledOrg();
    await write(org, { Email: "first@example.com", VolentiEmailAt__c: 1000 * STAMP, FirstName: "Ada", VolentiGivenNameAt__c: 1000 * STAMP });
    org.agentEdits("Contact", { Email: "second@example.com" });
    expect(org.row("Contact")).toMatchObject({ VolentiEmailAt__c: NOW * STAMP, VolentiGivenNameAt__c: 1000 * STAMP });
    expect(await write(org, { Email: "third@example.com", VolentiEmailAt__c: (NOW - 1) * STAMP })).toBe("VOLENTI_SUPERSEDED");
  });

  it("dates an opt-out that an agent clicks, which no older opt-in clears", async () => {
    const org = await openRuledOrg();
    await write(org, { HasOptedOutOfEmail: false, VolentiEmailOptOutAt__c: 1000 });
    org.agentEdits("Contact", { HasOptedOutOfEmail: true });
    expect(org.row("Contact")).toMatchObject({ VolentiEmailOptOutAt__c: NOW, VolentiPhoneOptOutAt__c: null });
    expect(await write(org, { HasOptedOutOfEmail: false, VolentiEmailOptOutAt__c: NOW - 1 })).toBe("VOLENTI_SUPERSEDED");
    expect(org.row("Contact")).toMatchObject({ HasOptedOutOfEmail: true });
  });

  it("never turns from a real customer into a test", async () => {
    const org = await openRuledOrg();
    expect(await write(org, { VolentiTest__c: true })).toBe("written");
    expect(await write(org, { VolentiTest__c: false })).toBe("written");
    expect(await write(org, { VolentiTest__c: true })).toBe("VOLENTI_REAL_PERSON");
  });

  it("of nobody of ours is left alone", async () => {
    const org = await openRuledOrg();
    org.emulator.org.insert({ objectName: "Contact", values: { LastName: "Example" } });
    org.agentEdits("Contact", { Email: "somebody@example.com" });
    expect(org.row("Contact")).toMatchObject({ VolentiEmailAt__c: null });
  });
});

describe("a recorded decision", () => {
  const values = {
    VolentiSubjectRef__c: "one", VolentiPurpose__c: "marketing", VolentiStatus__c: "given", VolentiEffectiveAt__c: 1000,
    VolentiOccurredAt__c: "2026-01-01T00:00:00.250Z", VolentiHash__c: "ab",
  };
  const write = (org: RuledOrg, changed: Record<string, string | number | boolean> = {}): Promise<string> =>
    org.upsert("VolentiDecision__c", "VolentiDecisionId__c", "decision", { ...values, ...changed });

  it("may arrive again, and is never changed", async () => {
    const org = await openRuledOrg();
    expect(await write(org)).toBe("written");
    expect(await write(org)).toBe("written");
    for (const changed of [{ VolentiStatus__c: "refused" }, { VolentiHash__c: "cd" }, { VolentiSubjectRef__c: "two" }, { VolentiEffectiveAt__c: 1001 }, { VolentiOccurredAt__c: "2026-01-01T00:00:01.250Z" }, { VolentiTest__c: true }]) {
      expect(await write(org, changed), Object.keys(changed)[0]).toBe("VOLENTI_IMMUTABLE");
    }
    expect(() => org.agentEdits("VolentiDecision__c", { VolentiStatus__c: "refused" })).toThrow(RowRefusedError);
  });
});
