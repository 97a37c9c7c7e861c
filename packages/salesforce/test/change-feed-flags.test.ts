import type { SystemChangeV1 } from "@volenti/core/adapter";
import { describe, expect, test } from "vitest";
import { openTestOrg, type TestOrg } from "./support/read-org.ts";
import { BASE, writePerson, type DecisionDraft } from "./support/read-person.ts";
import type { SalesforceConnectorOptions } from "../src/index.ts";

const INES = { familyName: "Moreau", email: "ines@example.com" };

function writeInes(org: TestOrg, decisions: readonly DecisionDraft[] = [{ status: "given", at: 1 }], ref?: string): Promise<string> {
  return writePerson({ org, person: { ...(ref === undefined ? {} : { ref }), profile: INES, identifiers: [{ kind: "email", value: INES.email }], decisions } });
}

function edit(org: TestOrg, values: Record<string, unknown>): void {
  org.emulator.org.update({ objectName: "Contact", id: String(contactOf(org)["Id"]), values, as: "agent" });
}

/** As an administrator may leave it: nothing dates what agents do. */
function withoutFlow(org: TestOrg): void {
  org.emulator.org.schema.objects.get("Contact")?.beforeSaveFlows.clear();
}

function contactOf(org: TestOrg): Record<string, unknown> {
  const [contact] = org.emulator.org.rows("Contact");
  if (contact === undefined) throw new Error("there is no contact");
  return contact;
}

function told(changes: readonly SystemChangeV1[]): unknown[] {
  return changes.map(({ kind, decision, attributes }) => [kind, decision?.purpose, decision?.status, attributes]);
}

describe("a flag that nothing dated", () => {
  const openFlaggedOrg = async (): Promise<TestOrg> => {
    const org = await openTestOrg();
    org.emulator.org.insert({ objectName: "Contact", values: { LastName: "Moreau", Email: INES.email, HasOptedOutOfEmail: true }, as: "agent" });
    return org;
  };

  test("refuses what stands granted in its channel, from the record's last change, under the same name however often it is listed", async () => {
    const org = await openFlaggedOrg();
    await writeInes(org, [{ status: "given", at: 1 }, { purpose: "marketing.sms", channel: "sms", status: "given", at: 1 }]);
    const [first, ...others] = await org.listChanges();
    expect(told(others)).toEqual([]);
    expect(first).toMatchObject({ kind: "decision", decision: { purpose: "marketing.email", channel: "email", status: "refused" }, by: { kind: "staff" } });
    expect(first?.changedAt).toBe(Date.parse(String(contactOf(org)["LastModifiedDate"])));
    edit(org, { Description: "called back" });
    expect((await org.listChanges()).map(({ changeId }) => changeId)).toEqual([first?.changeId]);
    expect(await org.listChanges(first?.cursor)).toEqual([]);
  });

  test("is told no more once its refusal was recorded", async () => {
    const org = await openFlaggedOrg();
    const ref = await writeInes(org);
    const [change] = await org.listChanges();
    await writeInes(org, [{ status: "refused", at: (change?.changedAt ?? 0) - BASE }], ref);
    expect(await org.listChanges()).toEqual([]);
    expect(await org.consent.getState({ subjectRef: ref, purpose: "marketing.email", channel: "email" })).toMatchObject({ status: "refused", effectiveAt: change?.changedAt });
  });

  test("never counts from before the grant that it overrules", async () => {
    const org = await openTestOrg();
    const at = Date.UTC(2026, 5, 21);
    const ref = await writeInes(org, [{ status: "given", at: at - BASE }]);
    withoutFlow(org);
    edit(org, { HasOptedOutOfEmail: true });
    const [change] = await org.listChanges();
    expect(Date.parse(String(contactOf(org)["LastModifiedDate"]))).toBeLessThan(at);
    expect([change?.decision?.status, change?.changedAt]).toEqual(["refused", at]);
    await writeInes(org, [{ status: "refused", at: at - BASE }], ref);
    expect(await org.consent.getState({ subjectRef: ref, purpose: "marketing.email", channel: "email" })).toMatchObject({ status: "refused", effectiveAt: at });
  });

  test("set again where a grant of ours had cleared it, is told although its stamp is older than the cursor", async () => {
    const org = await openTestOrg();
    const ref = await writeInes(org, [{ status: "refused", at: 1 }]);
    await writeInes(org, [{ status: "given", at: 2 }], ref);
    edit(org, { FirstName: "Inès" });
    const cursor = (await org.listChanges()).at(-1)?.cursor ?? null;
    withoutFlow(org);
    edit(org, { HasOptedOutOfEmail: true });
    const changes = await org.listChanges(cursor);
    expect(told(changes)).toEqual([["decision", "marketing.email", "refused", undefined]]);
  });

  test("is nobody's change where nothing stands granted", async () => {
    const org = await openFlaggedOrg();
    await writeInes(org, [{ purpose: "marketing.sms", channel: "sms", status: "given", at: 1 }]);
    expect(await org.listChanges()).toEqual([]);
  });
});

describe("a flag that somebody cleared", () => {
  test("is told with who cleared it and when, as no decision: nobody gave a grant by it", async () => {
    const org = await openTestOrg();
    const ref = await writeInes(org, [{ status: "refused", at: 1 }]);
    edit(org, { HasOptedOutOfEmail: false });
    const [change, ...others] = await org.listChanges();
    expect(told(others)).toEqual([]);
    expect(change).toMatchObject({ kind: "profile", subjectRef: ref, changedAt: contactOf(org)["VolentiEmailOptOutAt__c"], by: { kind: "staff", ref: org.emulator.org.userIds.agent } });
    expect([change?.decision, change?.attributes]).toEqual([undefined, undefined]);
    expect(await org.listChanges(change?.cursor)).toEqual([]);
  });

  test("is told as well where an agent had set it, and named anew each time", async () => {
    const org = await openTestOrg();
    await writeInes(org);
    const names = [];
    for (const isSet of [true, false, true, false]) {
      edit(org, { HasOptedOutOfEmail: isSet });
      const changes = await org.listChanges();
      expect(changes.every(({ kind }) => kind === (isSet ? "decision" : "profile"))).toBe(true);
      names.push(...changes.map(({ changeId }) => changeId));
    }
    expect(names).toHaveLength(6);
    expect(new Set(names).size).toBe(6);
  });

  test("by a grant of ours is nobody's change, also once a newer grant took its place", async () => {
    const org = await openTestOrg();
    const ref = await writeInes(org, [{ status: "refused", at: 1 }]);
    await writeInes(org, [{ status: "given", at: 2 }], ref);
    expect([contactOf(org)["HasOptedOutOfEmail"], contactOf(org)["VolentiEmailOptOutAt__c"]]).toEqual([false, BASE + 2]);
    expect(await org.listChanges()).toEqual([]);
    await writeInes(org, [{ status: "renewed", at: 3 }], ref);
    expect(await org.listChanges()).toEqual([]);
  });

  test("is told without a decision log too", async () => {
    const options: Partial<SalesforceConnectorOptions> = { decisionLog: false };
    const org = await openTestOrg({ options });
    await writeInes(org, [{ status: "refused", at: 1 }]);
    edit(org, { HasOptedOutOfEmail: false });
    expect(told(await org.listChanges())).toEqual([["profile", undefined, undefined, undefined]]);
  });
});
