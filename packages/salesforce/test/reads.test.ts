import { ConnectorError } from "@volenti/core/adapter";
import { describe, expect, test } from "vitest";
import { findHeldPeople } from "../src/profile/match-people.ts";
import { openTestOrg, type TestOrg } from "./support/read-org.ts";
import { BASE, makeRef, writePerson } from "./support/read-person.ts";

const INES = { givenName: "Inès", familyName: "Moreau", email: "Ines@example.com", phoneNumber: "+33199000001", birthdate: "1990-02-03" };

async function listOf<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
}

function codeOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => "resolved",
    (error: unknown) => (ConnectorError.isInstance(error) ? error.code : "unexpectedError"),
  );
}

describe("consent", () => {
  test("what stands is read under its own key, and listed in the order of purpose and channel", async () => {
    const org = await openTestOrg();
    const ref = await writePerson({
      org,
      person: {
        decisions: [
          { purpose: "marketing.sms", channel: "sms", status: "given", at: 1 },
          { status: "given", at: 2 },
          { purpose: "loyalty", channel: null, status: "objected", at: 3 },
        ],
      },
    });
    const states = await org.consent.listStates({ subjectRef: ref });
    expect(states.map(({ purpose, channel, status, effectiveAt }) => [purpose, channel, status, effectiveAt])).toEqual([
      ["loyalty", "*", "objected", BASE + 3],
      ["marketing.email", "email", "given", BASE + 2],
      ["marketing.sms", "sms", "given", BASE + 1],
    ]);
    expect(await org.consent.getState({ subjectRef: ref, purpose: "marketing.sms", channel: "sms" })).toEqual(states[2]);
    expect(await org.consent.getState({ subjectRef: ref, purpose: "marketing.email", channel: "sms" })).toBeNull();
  });

  test("a row of ours whose status nobody can read is an error, and not an absence", async () => {
    const org = await openTestOrg();
    const ref = await writePerson({ org, person: { decisions: [{ status: "refused", at: 1 }] } });
    const [row] = org.emulator.org.rows("ContactPointTypeConsent");
    org.emulator.org.update({ objectName: "ContactPointTypeConsent", id: String(row?.["Id"]), values: { VolentiStatus__c: "no idea" } });
    expect(await codeOf(org.consent.listStates({ subjectRef: ref }))).toBe("malformedResponse");
  });

  test("nobody's rows are not the rows of an empty ref", async () => {
    const org = await openTestOrg();
    const party = org.emulator.org.insert({ objectName: "Individual", values: { LastName: "Agent-made" } });
    org.emulator.org.insert({ objectName: "ContactPointTypeConsent", values: { Name: "By hand", PartyId: party, PrivacyConsentStatus: "OptIn" } });
    expect(await org.consent.listStates({ subjectRef: "" })).toEqual([]);
  });
});

describe("history", () => {
  test("every decision is listed with its proof, in the order of recording and the store's own stamp", async () => {
    const org = await openTestOrg();
    const ref = await writePerson({ org, person: { decisions: [{ status: "given", at: 5 }] } });
    await writePerson({ org, person: { ref, decisions: [{ status: "renewed", at: 1 }] } });
    await writePerson({ org, person: { decisions: [{ status: "given", at: 9 }] } });
    const own = await listOf(org.history.listDecisions({ subjectRef: ref }));
    expect(own.map(({ canonical }) => (JSON.parse(canonical) as { status: string }).status)).toEqual(["given", "renewed"]);
    expect(own.every(({ head, proof, recordedAt }) => head !== null && proof.treeSize === 1 && /^2026-06-20T12:\d\d:\d\d\.000Z$/.test(recordedAt))).toBe(true);
    expect(await listOf(org.history.listDecisions({}))).toHaveLength(3);
  });
});

describe("profiles", () => {
  test("attributes come back with the instants of their changes, and a placeholder is no family name", async () => {
    const org = await openTestOrg();
    const ref = await writePerson({ org, person: { profile: { ...INES, "address.streetAddress": "1 rue de l'Exemple\nBâtiment B" }, profileAt: 7 } });
    const nameless = await writePerson({ org, person: { profile: { email: "sami@example.com" } } });
    const profile = await org.profiles.get({ subjectRef: ref });
    expect(profile?.attributes["familyName"]).toEqual({ value: "Moreau", changedAt: BASE + 7 });
    expect(profile?.attributes["birthdate"]?.value).toBe("1990-02-03");
    expect(profile?.attributes["address.streetAddress"]?.value).toBe("1 rue de l'Exemple\nBâtiment B");
    expect(Object.keys((await org.profiles.get({ subjectRef: nameless }))?.attributes ?? {})).toEqual(["email"]);
  });

  test("what agents typed before us has the instant of the record, to the second", async () => {
    const org = await openTestOrg();
    const ref = await writePerson({ org, person: { profile: { email: "ines@example.com" } } });
    const [contact] = org.emulator.org.rows("Contact");
    org.emulator.org.update({ objectName: "Contact", id: String(contact?.["Id"]), values: { FirstName: "Inès", VolentiGivenNameAt__c: null } });
    const modifiedAt = Date.parse(String(org.emulator.org.rows("Contact")[0]?.["LastModifiedDate"]));
    const attributes = (await org.profiles.get({ subjectRef: ref }))?.attributes;
    expect([attributes?.["givenName"]?.value, (attributes?.["givenName"]?.changedAt ?? 0) >= modifiedAt]).toEqual(["Inès", true]);
  });

  test("with state and country picklists the codes are read", async () => {
    const org = await openTestOrg({ org: { addressPicklists: true } });
    const ref = await writePerson({ org, person: { profile: { ...INES, "address.country": "FR" } } });
    expect((await org.profiles.get({ subjectRef: ref }))?.attributes["address.country"]?.value).toBe("FR");
  });

  test("a person is found by e-mail in any letter case and by the phone number", async () => {
    const org = await openTestOrg();
    const ref = await writePerson({ org, person: { profile: INES } });
    const find = (kind: "email" | "phone" | "loyaltyId", value: string): Promise<string | null> => org.profiles.find({ identifier: { kind, value } });
    expect(await find("email", "ines@example.com")).toBe(ref);
    expect(await find("phone", "+33199000001")).toBe(ref);
    expect(await find("phone", "+3319900000")).toBeNull();
    expect(await codeOf(find("loyaltyId", "L-1"))).toBe("unsupported");
  });

  test("other identifiers differ by every character: letter case counts, which SOQL does not know", async () => {
    const org = await openTestOrg({ options: { matchKeys: [{ kind: "loyaltyId", field: "AssistantName" }] } });
    const ref = await writePerson({ org, person: { profile: { familyName: "Moreau" } } });
    const [contact] = org.emulator.org.rows("Contact");
    org.emulator.org.update({ objectName: "Contact", id: String(contact?.["Id"]), values: { AssistantName: "L-abc" } });
    const find = (value: string): Promise<string | null> => org.profiles.find({ identifier: { kind: "loyaltyId", value } });
    expect([await find("L-abc"), await find("L-ABC")]).toEqual([ref, null]);
  });

  test("a customer who is not linked is held, and nobody's ref: not null, and a conflict beside another of the same name", async () => {
    const org = await openTestOrg();
    await writePerson({ org, person: { profile: INES } });
    const find = (kind: "email" | "phone", value: string): Promise<string | null> => org.profiles.find({ identifier: { kind, value } });
    const unlinked = org.emulator.org.insert({ objectName: "Contact", values: { LastName: "Unlinked", Email: "Sami@example.com", MobilePhone: "+33199000007" } });
    await expect(find("email", "sami@example.com")).rejects.toMatchObject({ code: "unlinked", recordIds: [unlinked] });
    await expect(find("phone", "+33199000007")).rejects.toMatchObject({ code: "unlinked" });
    const twin = org.emulator.org.insert({ objectName: "Contact", values: { LastName: "Twin", Email: "sami@example.com" } });
    await expect(find("email", "sami@example.com")).rejects.toMatchObject({ code: "conflict", recordIds: [unlinked, twin] });
    org.emulator.org.insert({ objectName: "Contact", values: { LastName: "Moreau", Email: "ines@example.com" } });
    expect(await codeOf(find("email", "ines@example.com"))).toBe("conflict");
  });

  test("two people with one address are a conflict", async () => {
    const org = await openTestOrg();
    for (const at of [1, 2]) await writePerson({ org, person: { profile: { email: "shared@example.com" }, profileAt: at } });
    expect(await codeOf(org.profiles.find({ identifier: { kind: "email", value: "shared@example.com" } }))).toBe("conflict");
  });
});

describe("people whom a refusal follows", () => {
  const find = async (org: TestOrg, subjects: Parameters<typeof findHeldPeople>[0]["subjects"]): Promise<string[][]> => {
    const people = await findHeldPeople({ session: org.session, operation: "intake.write", isUrgent: true, subjects });
    return people.map((held) => held.map(({ ref }) => ref));
  };

  test("the ref's own person comes first, then those whom the identifiers name, in their order", async () => {
    const org = await openTestOrg();
    const own = await writePerson({ org, person: { decisions: [{ status: "given", at: 1 }] } });
    const byPhone = await writePerson({ org, person: { profile: { phoneNumber: "+33199000002" } } });
    const byEmail = await writePerson({ org, person: { profile: { email: "ines@example.com" } } });
    const identifiers = [{ kind: "loyaltyId", value: "L-1" }, { kind: "phone", value: "+33199000002" }, { kind: "email", value: "ines@example.com" }] as const;
    expect(await find(org, [{ ref: own, identifiers }, { ref: makeRef(), identifiers: [] }, { ref: makeRef(), identifiers }])).toEqual([
      [own, byPhone, byEmail],
      [],
      [byPhone, byEmail],
    ]);
  });

  test("a thousand subjects take few calls, each with an address that Salesforce takes", async () => {
    const org = await openTestOrg();
    const held = await writePerson({ org, person: { profile: { email: "person500@example.com" } } });
    const before = org.emulator.calls.total();
    const subjects = Array.from({ length: 1000 }, (_, index) => ({ ref: makeRef(), identifiers: [{ kind: "email" as const, value: `person${index}@example.com` }] }));
    const found = await find(org, subjects);
    expect(found.map((refs, index) => (refs.length > 0 ? index : -1)).filter((index) => index >= 0)).toEqual([500]);
    expect(found[500]).toEqual([held]);
    expect(org.emulator.calls.total() - before).toBeLessThanOrEqual(3);
  });
});
