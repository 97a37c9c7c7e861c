import { describe, expect, test } from "vitest";
import { findHeldPeople } from "../src/profile/match-people.ts";
import { openTestOrg, type TestOrg } from "./support/read-org.ts";
import { BASE, writePerson } from "./support/read-person.ts";

const INES = { givenName: "Inès", familyName: "Moreau", email: "ines@example.com", phoneNumber: "+33199000001", "address.locality": "Quimper" };

function openOrg(): Promise<TestOrg> {
  return openTestOrg({ org: { personAccounts: true }, options: { profileObject: "PersonAccount" } });
}

describe("person accounts", () => {
  test("a profile is read from the account, and found by the person's own fields", async () => {
    const org = await openOrg();
    const ref = await writePerson({ org, person: { profile: INES, profileAt: 3, decisions: [{ status: "given", at: 1 }] } });
    expect((await org.profiles.get({ subjectRef: ref }))?.attributes["email"]).toEqual({ value: "ines@example.com", changedAt: BASE + 3 });
    expect(await org.profiles.find({ identifier: { kind: "phone", value: "+33199000001" } })).toBe(ref);
    const subject = { ref: "nobody", identifiers: [{ kind: "email" as const, value: "ines@example.com" }] };
    const [held] = await findHeldPeople({ session: org.session, operation: "intake.write", isUrgent: true, subjects: [subject] });
    expect(held?.map((person) => person.ref)).toEqual([ref]);
  });

  test("an opt-out flag that an agent set on the account is heard", async () => {
    const org = await openOrg();
    const ref = await writePerson({ org, person: { profile: INES, decisions: [{ status: "given", at: 1 }] } });
    org.emulator.org.update({ objectName: "Account", id: String(org.emulator.org.rows("Account")[0]?.["Id"]), values: { PersonHasOptedOutOfEmail: true }, as: "agent" });
    const stamp = org.emulator.org.rows("Account")[0]?.["VolentiEmailOptOutAt__c"];
    expect(await org.consent.getState({ subjectRef: ref, purpose: "marketing.email", channel: "email" })).toMatchObject({ status: "refused", effectiveAt: stamp });
  });

  test("an erasure takes account, contact, consents and Individual, and leaves no value in the recycle bin", async () => {
    const org = await openOrg();
    const ref = await writePerson({ org, person: { profile: INES, decisions: [{ status: "given", at: 1 }] } });
    const outcomes = await org.erasure.erase({ subjectRef: ref, reason: "subjectRequest", requestedAt: 0 });
    expect(outcomes.slice(0, 3).map(({ outcome, count }) => [outcome, count])).toEqual([["erased", 1], ["erased", 1], ["erased", 1]]);
    const dump = org.emulator.org.dump({ withRecycleBin: true });
    expect(Object.values(INES).filter((value) => dump.includes(value))).toEqual([]);
    expect(["Account", "Individual", "ContactPointTypeConsent"].map((name) => org.emulator.org.rows(name).length)).toEqual([0, 0, 0]);
  });
});
