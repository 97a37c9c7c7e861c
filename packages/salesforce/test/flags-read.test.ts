import { createGovernance } from "@volenti/governance";
import { describe, expect, test } from "vitest";
import { EVENTS, NEWS, openBrand, SMS, submissionOf, type Brand } from "./support/open-brand.ts";
import { openTestOrg, type TestOrg } from "./support/read-org.ts";
import { BASE, writePerson, type DecisionDraft } from "./support/read-person.ts";

const INES = { familyName: "Moreau", email: "ines@example.com", phoneNumber: "+33199000001" };
const LATER = 1e12;

async function writeInes(org: TestOrg, decisions: readonly DecisionDraft[] = [{ status: "given", at: 1 }]): Promise<string> {
  return writePerson({ org, person: { profile: INES, identifiers: [{ kind: "email", value: INES.email }], decisions } });
}

/** What an agent does, and the org's flow with it; answers the stamp that the flow left. */
function edit(org: TestOrg, values: Record<string, unknown>): unknown {
  const id = String(org.emulator.org.rows("Contact")[0]?.["Id"]);
  org.emulator.org.update({ objectName: "Contact", id, values, as: "agent" });
  return org.emulator.org.rows("Contact")[0]?.["VolentiEmailOptOutAt__c"];
}

function tick(org: TestOrg): number {
  return Number(edit(org, { HasOptedOutOfEmail: true }));
}

/** As an administrator may leave it: nothing dates what agents do. */
function withoutFlow(org: TestOrg): void {
  org.emulator.org.schema.objects.get("Contact")?.beforeSaveFlows.clear();
}

async function listed(org: TestOrg, subjectRef: string): Promise<unknown[]> {
  const states = await org.consent.listStates({ subjectRef });
  return states.map(({ purpose, channel, status, effectiveAt }) => [purpose, channel, status, effectiveAt]);
}

describe("a flag that an agent set", () => {
  test("reads as a refusal from when it was set, in every read alike and in one call each", async () => {
    const org = await openTestOrg();
    const ref = await writeInes(org, [{ status: "given", at: 1 }, { purpose: "marketing.sms", channel: "sms", status: "given", at: 1 }]);
    const stamp = tick(org);
    const before = org.emulator.calls.total();
    const state = await org.consent.getState({ subjectRef: ref, purpose: "marketing.email", channel: "email" });
    expect(org.emulator.calls.total() - before).toBe(1);
    expect(state).toEqual({
      purpose: "marketing.email",
      channel: "email",
      status: "refused",
      decisionId: `staff-flag-${stamp}`,
      effectiveAt: stamp,
      purposeVersion: "1",
      validUntil: null,
      recipients: null,
      attributes: null,
    });
    const states = await org.consent.listStates({ subjectRef: ref });
    expect(states[0]).toEqual(state);
    expect(states[1]?.status).toBe("given");
    expect((await org.consent.listStatesOf?.({ subjectRefs: [ref] }))?.get(ref)).toEqual(states);
    expect(org.emulator.calls.total() - before).toBe(3);
  });

  test("yields to a grant that is newer than it, and to nothing once it is cleared", async () => {
    const org = await openTestOrg();
    const ref = await writeInes(org);
    const stamp = tick(org);
    edit(org, { HasOptedOutOfEmail: false });
    expect(await listed(org, ref)).toEqual([["marketing.email", "email", "given", BASE + 1]]);
    edit(org, { HasOptedOutOfEmail: true });
    await writePerson({ org, person: { ref, decisions: [{ status: "given", at: stamp + LATER - BASE }] } });
    expect(await listed(org, ref)).toEqual([["marketing.email", "email", "given", stamp + LATER]]);
  });

  test("is heard as well right after a grant that lies ahead of the org's clock", async () => {
    const org = await openTestOrg();
    const ref = await writeInes(org, [{ status: "refused", at: LATER }]);
    await writePerson({ org, person: { ref, decisions: [{ status: "given", at: LATER + 1 }] } });
    expect(tick(org)).toBe(BASE + LATER + 2);
    expect(await listed(org, ref)).toEqual([["marketing.email", "email", "refused", BASE + LATER + 2]]);
  });

  test("refuses of a grant without a channel the channel that it is about, and no other", async () => {
    const org = await openTestOrg();
    const ref = await writeInes(org, [{ purpose: "marketing.every", channel: null, status: "given", at: 1 }, { purpose: "loyalty", channel: null, status: "given", at: 1 }]);
    const stamp = tick(org);
    expect(await listed(org, ref)).toEqual([
      ["loyalty", "*", "given", BASE + 1],
      ["marketing.every", "*", "given", BASE + 1],
      ["marketing.every", "email", "refused", stamp],
    ]);
  });

  test("says nothing of whoever never said yes", async () => {
    const org = await openTestOrg();
    const ref = await writeInes(org, [{ purpose: "marketing.sms", channel: "sms", status: "given", at: 1 }]);
    tick(org);
    expect(await org.consent.getState({ subjectRef: ref, purpose: "marketing.email", channel: "email" })).toBeNull();
  });
});

describe("a flag that nothing dated", () => {
  test("set before the customer was linked, it overrules every grant at the grant's own instant", async () => {
    const org = await openTestOrg();
    org.emulator.org.insert({ objectName: "Contact", values: { LastName: "Moreau", Email: INES.email, HasOptedOutOfEmail: true }, as: "agent" });
    const ref = await writeInes(org);
    expect(org.emulator.org.rows("Contact").map((row) => [row["VolentiRef__c"], row["HasOptedOutOfEmail"], row["VolentiEmailOptOutAt__c"] ?? null])).toEqual([[ref, true, null]]);
    expect(await org.consent.listStates({ subjectRef: ref })).toMatchObject([{ status: "refused", effectiveAt: BASE + 1, decisionId: `staff-flag-${BASE + 1}` }]);
  });

  test("set again where a grant had cleared it and no flow dates it, it overrules that grant", async () => {
    const org = await openTestOrg();
    const ref = await writeInes(org, [{ status: "refused", at: 1 }]);
    await writePerson({ org, person: { ref, decisions: [{ status: "given", at: 2 }] } });
    expect(await listed(org, ref)).toEqual([["marketing.email", "email", "given", BASE + 2]]);
    withoutFlow(org);
    expect(tick(org)).toBe(BASE + 2);
    expect(await listed(org, ref)).toEqual([["marketing.email", "email", "refused", BASE + 2]]);
  });
});

describe("a flag that our own refusal set", () => {
  test("changes nothing beyond the refusal: what else was granted in the channel stands", async () => {
    const org = await openTestOrg();
    const ref = await writeInes(org, [{ purpose: "marketing.every", status: "given", at: 1 }, { status: "refused", at: 5 }]);
    expect(await listed(org, ref)).toEqual([["marketing.email", "email", "refused", BASE + 5], ["marketing.every", "email", "given", BASE + 1]]);
  });
});

describe("a flag that the org hides", () => {
  const hide = (org: TestOrg, fieldName: string): void => org.emulator.org.hideField({ objectName: "Contact", fieldName });

  test("costs one question, and then no more; what stands is read without it, and the other flag is heard", async () => {
    const org = await openTestOrg();
    const ref = await writeInes(org);
    const stamp = tick(org);
    hide(org, "DoNotCall");
    const callsOf = async (): Promise<number> => {
      const before = org.emulator.calls.total();
      expect(await listed(org, ref)).toEqual([["marketing.email", "email", "refused", stamp]]);
      return org.emulator.calls.total() - before;
    };
    expect([await callsOf(), await callsOf()]).toEqual([2, 1]);
  });

  test("with all of them hidden, what stands is what the consent rows say", async () => {
    const org = await openTestOrg();
    const ref = await writeInes(org);
    tick(org);
    for (const name of ["DoNotCall", "HasOptedOutOfEmail"]) hide(org, name);
    for (const _ of [1, 2]) expect(await listed(org, ref)).toEqual([["marketing.email", "email", "given", BASE + 1]]);
  });

  test("consent rows that are hidden are an error, and not an absence", async () => {
    const org = await openTestOrg();
    const ref = await writeInes(org);
    org.emulator.org.schema.objects.get("ContactPointTypeConsent")?.fields.delete("VolentiStatus__c");
    await expect(org.consent.listStates({ subjectRef: ref })).rejects.toMatchObject({ code: "invalidConfiguration", operation: "consent.listStates" });
  });
});

describe("what a person is shown, and what is verified", () => {
  const email = "ines@example.com";

  async function openTicked(): Promise<Brand> {
    const brand = await openBrand();
    await brand.collect(submissionOf({ email, decisions: [NEWS, EVENTS, SMS].map((key) => ({ ...key, status: "given" })) }));
    brand.emulator.org.update({ objectName: "Contact", id: String(brand.rows("Contact")[0]?.["Id"]), values: { HasOptedOutOfEmail: true }, as: "agent" });
    return brand;
  }

  test("the purposes of the channel are refused the moment the flag is set, before anybody collects it", async () => {
    const { volenti } = await openTicked();
    const { consents } = await createGovernance(volenti).show({ identifier: { kind: "email", value: email } });
    const answers = Object.fromEntries(consents.map(({ purpose, answer }) => [purpose, answer]));
    expect(answers).toMatchObject({ "marketing.email": "refused", "events.email": "refused", "marketing.sms": "granted" });
  });

  test("a verification counts them as changed by staff, and finds no mismatch", async () => {
    const { volenti } = await openTicked();
    const report = await createGovernance(volenti).verify({ destinationId: "crm" });
    expect(report).toMatchObject({ valid: true, counts: { sound: 3, changedByStaff: 2, followedStates: 0 }, findings: [] });
  });
});
