import { ConnectorError, type ErasureOutcomeV1 } from "@volenti/core/adapter";
import { describe, expect, test } from "vitest";
import { openTestOrg, type TestOrg } from "./support/read-org.ts";
import { makeRef, writePerson } from "./support/read-person.ts";

const INES = { givenName: "Inès", familyName: "Moreau", email: "ines@example.com", phoneNumber: "+33199000001", locale: "br-FR", "address.locality": "Quimper" };
const VALUES = ["Inès", "Moreau", "ines@example.com", "+33199000001", "br-FR", "Quimper", "Loves shoes"];

function erase(org: TestOrg, subjectRef: string): Promise<readonly ErasureOutcomeV1[]> {
  return org.erasure.erase({ subjectRef, reason: "subjectRequest", requestedAt: org.context.clock.now() });
}

function countRows(org: TestOrg, objectName: string): number {
  return org.emulator.org.rows(objectName).length;
}

function onlyRow(org: TestOrg, objectName: string): Record<string, unknown> {
  const [row, ...others] = org.emulator.org.rows(objectName);
  if (row === undefined || others.length > 0) throw new Error(`${others.length + 1} rows of ${objectName}`);
  return row;
}

function writeInes(org: TestOrg): Promise<string> {
  return writePerson({ org, person: { profile: INES, decisions: [{ status: "given", at: 1 }, { purpose: "loyalty", channel: null, status: "acknowledged", at: 2 }] } });
}

describe("deletion", () => {
  test("nothing of the person is left, not even in the recycle bin, and the proofs stay", async () => {
    const org = await openTestOrg();
    const ref = await writeInes(org);
    org.emulator.org.update({ objectName: "Contact", id: String(onlyRow(org, "Contact")["Id"]), values: { Description: "Loves shoes", HomePhone: "+33199000003" } });
    expect(await erase(org, ref)).toEqual([
      { kind: "profile", outcome: "erased", count: 1 },
      { kind: "states", outcome: "erased", count: 1 },
      { kind: "identity", outcome: "erased", count: 1 },
      { kind: "decisions", outcome: "retained", count: 2, reason: "proofWithoutIdentity" },
    ]);
    const dump = org.emulator.org.dump({ withRecycleBin: true });
    expect(VALUES.filter((value) => dump.includes(value))).toEqual([]);
    expect(["Contact", "Individual", "ContactPointTypeConsent", "VolentiDecision__c"].map((name) => countRows(org, name))).toEqual([0, 0, 0, 2]);
  });

  test("a second erasure, and that of a stranger, finds nothing", async () => {
    const org = await openTestOrg();
    const ref = await writeInes(org);
    await erase(org, ref);
    const again = await erase(org, ref);
    expect(again.map(({ outcome }) => outcome)).toEqual(["notFound", "notFound", "notFound", "retained"]);
    expect((await erase(org, makeRef())).every(({ outcome, count }) => outcome === "notFound" && count === 0)).toBe(true);
  });

  test("what agents hung on the Individual goes with it, children first", async () => {
    const org = await openTestOrg();
    const ref = await writeInes(org);
    const individualId = String(onlyRow(org, "Individual")["Id"]);
    const { insert } = org.emulator.org;
    const email = insert({ objectName: "ContactPointEmail", values: { EmailAddress: "ines@example.com", ParentId: individualId } });
    insert({ objectName: "ContactPointConsent", values: { Name: "Moreau by e-mail", ContactPointId: email, PrivacyConsentStatus: "OptIn" } });
    insert({ objectName: "PartyConsent", values: { Name: "Moreau", PartyId: individualId, Action: "Target", PrivacyConsentStatus: "OptIn" } });
    insert({ objectName: "ContactPointTypeConsent", values: { Name: "Moreau by hand", PartyId: individualId, PrivacyConsentStatus: "OptIn" } });
    const form = insert({ objectName: "AuthorizationForm", values: { Name: "Form" } });
    const text = insert({ objectName: "AuthorizationFormText", values: { Name: "Text", AuthorizationFormId: form } });
    insert({ objectName: "AuthorizationFormConsent", values: { Name: "Moreau", ConsentGiverId: individualId, AuthorizationFormTextId: text } });
    const outcomes = await erase(org, ref);
    expect(outcomes.find(({ kind }) => kind === "otherConsents")).toEqual({ kind: "otherConsents", outcome: "erased", count: 4 });
    expect(outcomes.find(({ kind }) => kind === "contactPoints")).toEqual({ kind: "contactPoints", outcome: "erased", count: 1 });
    expect(countRows(org, "Individual")).toBe(0);
    const dump = org.emulator.org.dump({ withRecycleBin: true });
    expect(VALUES.filter((value) => dump.includes(value))).toEqual([]);
  });

  test("leads are let go of and told, and the Individual goes", async () => {
    const org = await openTestOrg();
    const ref = await writeInes(org);
    const individualId = String(onlyRow(org, "Individual")["Id"]);
    org.emulator.org.insert({ objectName: "Lead", values: { LastName: "Moreau", Company: "Example", IndividualId: individualId } });
    const outcomes = await erase(org, ref);
    expect(outcomes.find(({ kind }) => kind === "leads")).toEqual({ kind: "leads", outcome: "retained", count: 1, reason: "unlinkedForReview" });
    expect([onlyRow(org, "Lead")["IndividualId"], countRows(org, "Individual")]).toEqual([null, 0]);
  });

  test("an Individual that a user of the org points at stays, emptied and told, where users may not be changed", async () => {
    const org = await openTestOrg();
    const ref = await writeInes(org);
    org.emulator.org.update({ objectName: "User", id: org.emulator.org.userIds.agent, values: { IndividualId: String(onlyRow(org, "Individual")["Id"]) } });
    const outcomes = await erase(org, ref);
    expect(outcomes.find(({ kind }) => kind === "users")).toEqual({ kind: "users", outcome: "retained", count: 1, reason: "forbidden" });
    expect(outcomes.find(({ kind }) => kind === "identity")?.outcome).toBe("retained");
    expect([onlyRow(org, "Individual")["VolentiRef__c"], countRows(org, "Contact")]).toEqual([null, 0]);
  });

  test("an Individual that a converted lead holds on to is emptied and let go of", async () => {
    const org = await openTestOrg();
    const ref = await writeInes(org);
    const individualId = String(onlyRow(org, "Individual")["Id"]);
    org.emulator.org.insert({ objectName: "Lead", values: { LastName: "Somebody", Company: "Example", IndividualId: individualId, IsConverted: true } });
    const outcomes = await erase(org, ref);
    expect(outcomes.find(({ kind }) => kind === "identity")).toEqual({ kind: "identity", outcome: "retained", count: 1, reason: "referencedByOtherRecords" });
    expect(outcomes.find(({ kind }) => kind === "leads")?.reason).toBe("convertedLead");
    expect([onlyRow(org, "Individual")["VolentiRef__c"], onlyRow(org, "Individual")["LastName"]]).toEqual([null, "Erased"]);
  });

  test("an erasure that broke off is ended by the next one", async () => {
    const org = await openTestOrg();
    const ref = await writeInes(org);
    for (const times of [1, 2, 3]) {
      const fault = org.emulator.faults.strike({ fault: { kind: "resetAfterApply" }, times: 1, when: { method: times === 1 ? "POST" : "DELETE" } });
      const outcome = await erase(org, ref).then(() => "resolved", (error: unknown) => (ConnectorError.isInstance(error) ? error.code : "unexpectedError"));
      fault.clear();
      expect(["unavailable", "timedOut", "outcomeUnknown"]).toContain(outcome);
    }
    await erase(org, ref);
    expect(["Contact", "Individual", "ContactPointTypeConsent"].map((name) => countRows(org, name))).toEqual([0, 0, 0]);
  });

  test("a locked row makes the erasure fail as a whole, to be run again, and says of nothing that it is gone", async () => {
    const org = await openTestOrg();
    const ref = await writeInes(org);
    org.emulator.faults.lockRows({ objectName: "Contact", times: 1 });
    await expect(erase(org, ref)).rejects.toMatchObject({ code: "unavailable", providerCode: "UNABLE_TO_LOCK_ROW" });
    const outcomes = await erase(org, ref);
    expect(outcomes.find(({ kind }) => kind === "profile")?.outcome).toBe("erased");
  });

  test("it takes ten calls of the day at most", async () => {
    const org = await openTestOrg();
    const ref = await writeInes(org);
    const before = org.emulator.calls.total();
    await erase(org, ref);
    expect(org.emulator.calls.total() - before).toBeLessThanOrEqual(10);
  });

  test("nobody else loses anything", async () => {
    const org = await openTestOrg();
    const gone = await writeInes(org);
    const left = await writePerson({ org, person: { profile: { familyName: "Moreau", email: "sami@example.com" }, decisions: [{ status: "given", at: 1 }] } });
    await erase(org, gone);
    expect((await org.profiles.get({ subjectRef: left }))?.attributes["familyName"]?.value).toBe("Moreau");
    expect(await org.consent.listStates({ subjectRef: left })).toHaveLength(1);
  });

  test("a contact of somebody else that points at the same Individual stays whole", async () => {
    const org = await openTestOrg();
    const gone = await writeInes(org);
    const individualId = String(onlyRow(org, "Individual")["Id"]);
    const left = await writePerson({ org, person: { profile: { familyName: "Moreau", email: "sami@example.com" } } });
    const contact = org.emulator.org.rows("Contact").find((row) => row["VolentiRef__c"] === left);
    org.emulator.org.update({ objectName: "Contact", id: String(contact?.["Id"]), values: { IndividualId: individualId } });
    const outcomes = await erase(org, gone);
    expect((await org.profiles.get({ subjectRef: left }))?.attributes["email"]?.value).toBe("sami@example.com");
    expect(outcomes.find(({ kind }) => kind === "identity")).toEqual({ kind: "identity", outcome: "retained", count: 1, reason: "referencedByOtherRecords" });
  });

  test("a field that the connector cannot see makes it fail, and nobody look erased", async () => {
    const org = await openTestOrg();
    const ref = await writeInes(org);
    org.emulator.org.permissionSets.sets.get("VolentiIntegration")?.fieldPermissions.delete("Contact.VolentiEmailAt__c");
    await expect(erase(org, ref)).rejects.toMatchObject({ code: "invalidConfiguration" });
  });

  test("where a rule of the org's stops the emptying of a field, all others are emptied, and it is told", async () => {
    const org = await openTestOrg();
    const ref = await writeInes(org);
    org.emulator.org.update({ objectName: "Contact", id: String(onlyRow(org, "Contact")["Id"]), values: { Department: "Loves shoes", HomePhone: "+33199000003" } });
    org.emulator.org.schema.objects.get("Contact")?.validationRules.set("KeepsDepartment", {
      fullName: "KeepsDepartment",
      isActive: true,
      errorConditionFormula: "AND(NOT(ISNEW()), ISBLANK(Department))",
      errorMessage: "not allowed",
      errorDisplayField: "Department",
    });
    expect((await erase(org, ref)).find(({ kind }) => kind === "recycleBin")).toMatchObject({ outcome: "retained", count: 1, reason: "valuesInRecycleBin" });
    const dump = org.emulator.org.dump({ withRecycleBin: true });
    expect([...VALUES, "+33199000003"].filter((value) => dump.includes(value))).toEqual(["Loves shoes"]);
  });

  test("where a rule of the org's stops the emptying and names no field, what we wrote is emptied all the same", async () => {
    const org = await openTestOrg();
    const ref = await writeInes(org);
    org.emulator.org.update({ objectName: "Contact", id: String(onlyRow(org, "Contact")["Id"]), values: { Department: "Loves shoes" } });
    org.emulator.org.schema.objects.get("Contact")?.validationRules.set("KeepsDepartment", {
      fullName: "KeepsDepartment",
      isActive: true,
      errorConditionFormula: "AND(NOT(ISNEW()), ISBLANK(Department))",
      errorMessage: "not allowed",
      errorDisplayField: null,
    });
    await erase(org, ref);
    const dump = org.emulator.org.dump({ withRecycleBin: true });
    expect(VALUES.filter((value) => dump.includes(value))).toEqual(["Loves shoes"]);
  });

  test("the reserve of the day is open to it", async () => {
    const org = await openTestOrg({ options: { callReserve: 0.95 } });
    const ref = await writeInes(org);
    org.emulator.faults.setDailyLimit(org.emulator.calls.total() + 30);
    await org.consent.listStates({ subjectRef: ref });
    await expect(org.consent.listStates({ subjectRef: ref })).rejects.toMatchObject({ code: "rateLimited" });
    expect((await erase(org, ref)).find(({ kind }) => kind === "profile")?.outcome).toBe("erased");
  });
});

describe("anonymisation", () => {
  test("the records stay without a value and without the ref; consents go", async () => {
    const org = await openTestOrg({ options: { erasure: "anonymise" } });
    const ref = await writeInes(org);
    const outcomes = await erase(org, ref);
    expect(outcomes.slice(0, 3).map(({ outcome }) => outcome)).toEqual(["erased", "erased", "erased"]);
    const contact = onlyRow(org, "Contact");
    expect([contact["VolentiRef__c"], contact["LastName"], contact["Email"], contact["MailingCity"], contact["VolentiLocale__c"]]).toEqual([null, org.session.settings.placeholderFamilyName, null, null, null]);
    expect([onlyRow(org, "Individual")["VolentiRef__c"], countRows(org, "ContactPointTypeConsent")]).toEqual([null, 0]);
    const dump = org.emulator.org.dump({ withRecycleBin: true });
    expect(VALUES.filter((value) => dump.includes(value))).toEqual([]);
    expect((await erase(org, ref)).map(({ outcome }) => outcome)).toEqual(["notFound", "notFound", "notFound", "retained"]);
  });
});

describe("marking", () => {
  test("the flags that the org's own jobs act upon are set, mailings end, and nothing is said to be gone", async () => {
    const org = await openTestOrg({ options: { erasure: "mark" } });
    const ref = await writeInes(org);
    const outcomes = await erase(org, ref);
    expect(outcomes.slice(0, 3)).toEqual([
      { kind: "profile", outcome: "retained", count: 1, reason: "markedForErasureBySystem" },
      { kind: "states", outcome: "retained", count: 1, reason: "markedForErasureBySystem" },
      { kind: "identity", outcome: "retained", count: 1, reason: "markedForErasureBySystem" },
    ]);
    const [contact, individual] = [onlyRow(org, "Contact"), onlyRow(org, "Individual")];
    expect([individual["ShouldForget"], contact["HasOptedOutOfEmail"], contact["DoNotCall"], contact["Email"]]).toEqual([true, true, true, "ines@example.com"]);
  });
});

describe("test people", () => {
  test("a person of tests goes whole, and of a real one the decisions of tests alone, so that what was real stands again", async () => {
    const org = await openTestOrg();
    const real = await writePerson({ org, person: { profile: INES, decisions: [{ status: "given", at: 1 }] } });
    await writePerson({ org, person: { ref: real, test: true, decisions: [{ status: "withdrawn", at: 5 }] } });
    const tested = await writePerson({ org, person: { test: true, profile: { familyName: "Test" }, decisions: [{ status: "given", at: 1 }] } });
    const outcomes = await org.erasure.eraseTest();
    expect(outcomes.find(({ kind }) => kind === "decisions")).toEqual({ kind: "decisions", outcome: "erased", count: 2 });
    expect([await org.profiles.get({ subjectRef: tested }), await org.consent.listStates({ subjectRef: tested })]).toEqual([null, []]);
    const states = await org.consent.listStates({ subjectRef: real });
    expect(states.map(({ status }) => status)).toEqual(["given"]);
    expect((await org.profiles.get({ subjectRef: real }))?.attributes["familyName"]?.value).toBe("Moreau");
  });

  test("whoever was written for a test first and for real later is no test person", async () => {
    const org = await openTestOrg();
    const ref = await writePerson({ org, person: { test: true, decisions: [{ status: "given", at: 1 }] } });
    await writePerson({ org, person: { ref, profile: INES, decisions: [{ status: "withdrawn", at: 5 }] } });
    await org.erasure.eraseTest();
    expect((await org.consent.listStates({ subjectRef: ref })).map(({ status }) => status)).toEqual(["withdrawn"]);
    expect(countRows(org, "VolentiDecision__c")).toBe(1);
  });
});
