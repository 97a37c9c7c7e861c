import { ConnectorError, type SystemChangeV1 } from "@volenti/core/adapter";
import { describe, expect, test } from "vitest";
import { openTestOrg, type TestOrg } from "./support/read-org.ts";
import { BASE, writePerson } from "./support/read-person.ts";

const INES = { familyName: "Moreau", email: "ines@example.com", "address.country": "FR" };

function rowOf(org: TestOrg, request: { objectName: string; field: string; value: string }): string {
  const row = org.emulator.org.rows(request.objectName).find((each) => each[request.field] === request.value);
  if (row === undefined) throw new Error(`no such row of ${request.objectName}`);
  return String(row["Id"]);
}

/** What an agent does: a click on the status of a consent. */
function click(org: TestOrg, request: { ref: string; status: string }): void {
  const id = rowOf(org, { objectName: "ContactPointTypeConsent", field: "VolentiSubjectRef__c", value: request.ref });
  org.emulator.org.update({ objectName: "ContactPointTypeConsent", id, values: { PrivacyConsentStatus: request.status }, as: "agent" });
}

function edit(org: TestOrg, request: { ref: string; values: Record<string, unknown> }): void {
  const id = rowOf(org, { objectName: "Contact", field: "VolentiRef__c", value: request.ref });
  org.emulator.org.update({ objectName: "Contact", id, values: request.values, as: "agent" });
}

function writeInes(org: TestOrg): Promise<string> {
  return writePerson({ org, person: { profile: INES, decisions: [{ status: "given", at: 1 }] } });
}

function toDecisions(changes: readonly SystemChangeV1[]): unknown[] {
  return changes.map(({ decision }) => [decision?.purpose, decision?.channel, decision?.status]);
}

describe("clicks", () => {
  test("what we wrote ourselves is no change of anybody's", async () => {
    const org = await openTestOrg();
    await writeInes(org);
    expect(await org.listChanges()).toEqual([]);
  });

  test("a person's click is a decision, with who made it, when, and how the customer is known", async () => {
    const org = await openTestOrg();
    const ref = await writeInes(org);
    click(org, { ref, status: "OptOut" });
    const [change, ...others] = await org.listChanges();
    expect(others).toEqual([]);
    expect(change).toMatchObject({
      subjectRef: ref,
      kind: "decision",
      decision: { purpose: "marketing.email", channel: "email", status: "refused" },
      by: { kind: "staff", ref: org.emulator.org.userIds.agent },
      identifiers: [{ kind: "email", value: "ines@example.com" }],
      country: "FR",
      test: false,
    });
    expect(change?.changedAt).toBe((await org.consent.getState({ subjectRef: ref, purpose: "marketing.email", channel: "email" }))?.effectiveAt);
  });

  test("a click is listed once: the cursor goes on behind it, and changes of the same second are not lost", async () => {
    const org = await openTestOrg();
    const [first, second] = [await writeInes(org), await writePerson({ org, person: { profile: { email: "sami@example.com" }, decisions: [{ status: "given", at: 1 }] } })];
    click(org, { ref: first, status: "OptOut" });
    const listed = await org.listChanges();
    const cursor = listed.at(-1)?.cursor ?? null;
    expect(await org.listChanges(cursor)).toEqual([]);
    click(org, { ref: second, status: "NotSeen" });
    const later = await org.listChanges(cursor);
    expect(later.map(({ subjectRef, decision }) => [subjectRef, decision?.status])).toEqual([[second, "invalidated"]]);
  });

  test("a click that the org shows late, behind younger ones, is not passed over", async () => {
    let now = Date.UTC(2026, 5, 20, 12, 0, 0);
    const org = await openTestOrg({ org: { now: () => (now += 1) } });
    const [first, second] = [await writeInes(org), await writePerson({ org, person: { profile: { email: "sami@example.com" }, decisions: [{ status: "given", at: 1 }] } })];
    now += 60_000;
    const clickedAt = now;
    click(org, { ref: first, status: "OptOut" });
    const cursor = (await org.listChanges()).at(-1)?.cursor ?? null;
    now = clickedAt - 25_000;
    click(org, { ref: second, status: "NotSeen" });
    now = clickedAt + 60_000;
    expect((await org.listChanges(cursor)).map(({ subjectRef }) => subjectRef)).toEqual([second]);
  });

  test("a second click of the same row is another change", async () => {
    const org = await openTestOrg();
    const ref = await writeInes(org);
    click(org, { ref, status: "OptOut" });
    const [first] = await org.listChanges();
    click(org, { ref, status: "OptIn" });
    const [second] = await org.listChanges(first?.cursor ?? null);
    expect([second?.decision?.status, second?.changeId === first?.changeId]).toEqual(["given", false]);
  });

  test("a click that something newer of ours replaced is not told any more", async () => {
    const org = await openTestOrg();
    const ref = await writeInes(org);
    click(org, { ref, status: "OptOut" });
    const [change] = await org.listChanges();
    await writePerson({ org, person: { ref, decisions: [{ status: "given", at: (change?.changedAt ?? 0) - BASE + 1 }] } });
    expect(await org.listChanges()).toEqual([]);
  });
});

describe("consents made by hand", () => {
  const make = (org: TestOrg, values: Record<string, unknown>): void => {
    const party = rowOf(org, { objectName: "Individual", field: "VolentiRef__c", value: String(values["ref"]) });
    const { ref: _ref, ...rest } = values;
    org.emulator.org.insert({ objectName: "ContactPointTypeConsent", values: { Name: "By hand", PartyId: party, ...rest }, as: "agent" });
  };
  const purposeId = (org: TestOrg, name: string): string => rowOf(org, { objectName: "DataUsePurpose", field: "Name", value: name });

  test("a row of a purpose and channel of ours is a decision; one without a purpose refuses the channel, and grants nothing", async () => {
    const org = await openTestOrg();
    const ref = await writeInes(org);
    make(org, { ref, DataUsePurposeId: purposeId(org, "marketing.sms"), EngagementChannelTypeId: rowOf(org, { objectName: "EngagementChannelType", field: "Name", value: "sms" }), PrivacyConsentStatus: "OptIn" });
    make(org, { ref, ContactPointType: "Email", PrivacyConsentStatus: "OptOut" });
    make(org, { ref, ContactPointType: "Email", PrivacyConsentStatus: "OptIn" });
    make(org, { ref, DataUsePurposeId: purposeId(org, "loyalty"), PrivacyConsentStatus: "OptOut" });
    const changes = await org.listChanges();
    expect(toDecisions(changes)).toEqual([
      ["marketing.sms", "sms", "given"],
      ["marketing.email", "email", "refused"],
      ["marketing.every", "email", "refused"],
      ["loyalty", "*", "refused"],
    ]);
    expect(changes.every(({ by, identifiers }) => by?.ref === org.emulator.org.userIds.agent && identifiers?.length === 1)).toBe(true);
  });

  test("a row about a channel that is not ours, or that only says it was seen, says nothing to us", async () => {
    const org = await openTestOrg();
    const ref = await writeInes(org);
    make(org, { ref, DataUsePurposeId: purposeId(org, "marketing.email"), ContactPointType: "Social", PrivacyConsentStatus: "OptOut" });
    make(org, { ref, DataUsePurposeId: purposeId(org, "marketing.email"), ContactPointType: "Email", PrivacyConsentStatus: "Seen" });
    expect(await org.listChanges()).toEqual([]);
  });
});

describe("feeding back", () => {
  test("a click that comes back as a decision changes nothing but its name, and is told no more", async () => {
    const org = await openTestOrg();
    const ref = await writeInes(org);
    for (const { status, word } of [{ status: "OptOut", word: "refused" }, { status: "OptIn", word: "given" }] as const) {
      click(org, { ref, status });
      const [change] = await org.listChanges();
      await writePerson({ org, person: { ref, decisions: [{ status: word, at: (change?.changedAt ?? 0) - BASE }] } });
      const state = await org.consent.getState({ subjectRef: ref, purpose: "marketing.email", channel: "email" });
      expect([state?.status, state?.effectiveAt]).toEqual([word, change?.changedAt]);
      expect((await org.listChanges()).filter(({ decision }) => decision?.purpose === "marketing.email")).toEqual([]);
    }
  });
});

describe("opt-out flags", () => {
  test("a flag that an agent set refuses every purpose of its channel, from when it was set", async () => {
    const org = await openTestOrg();
    const ref = await writeInes(org);
    edit(org, { ref, values: { HasOptedOutOfEmail: true } });
    const changes = await org.listChanges();
    expect(toDecisions(changes)).toEqual([["marketing.email", "email", "refused"], ["marketing.every", "email", "refused"]]);
    expect(changes.every(({ by, changedAt }) => by?.ref === org.emulator.org.userIds.agent && changedAt > Date.UTC(2026, 5, 20))).toBe(true);
  });

  test("a flag that our own refusal set is not told as somebody's, and one that was cleared grants nothing", async () => {
    const org = await openTestOrg();
    const ref = await writeInes(org);
    await writePerson({ org, person: { ref, decisions: [{ status: "withdrawn", at: 9 }] } });
    expect(await org.listChanges()).toEqual([]);
    edit(org, { ref, values: { HasOptedOutOfEmail: false } });
    expect((await org.listChanges()).filter(({ kind }) => kind === "decision")).toEqual([]);
  });
});

describe("profiles", () => {
  test("the attributes that staff edited are told with their values, cleared ones as null", async () => {
    const org = await openTestOrg();
    const ref = await writePerson({ org, person: { profile: { ...INES, givenName: "Inés" } } });
    await writePerson({ org, person: { decisions: [{ status: "given", at: 1 }] } });
    edit(org, { ref, values: { FirstName: "Inès", MailingCountry: null } });
    const changes = await org.listChanges((await org.listChanges()).at(-1)?.cursor ?? null);
    expect(changes).toEqual([]);
    const [change] = await org.listChanges();
    expect([change?.kind, change?.attributes?.["givenName"], change?.attributes?.["address.country"]]).toEqual(["profile", "Inès", null]);
  });
});

describe("the feed as a whole", () => {
  test("changes come in the order of their modification, each with a cursor to go on from", async () => {
    const org = await openTestOrg();
    const refs = [];
    for (const name of ["ana", "bea", "cleo"]) refs.push(await writePerson({ org, person: { profile: { email: `${name}@example.com` }, decisions: [{ status: "given", at: 1 }] } }));
    for (const ref of refs.toReversed()) click(org, { ref, status: "OptOut" });
    const changes = await org.listChanges();
    expect(new Set(changes.map(({ subjectRef }) => subjectRef))).toEqual(new Set(refs));
    for (const [index, { cursor }] of changes.entries()) {
      expect((await org.listChanges(cursor)).map(({ changeId }) => changeId)).toEqual(changes.slice(index + 1).map(({ changeId }) => changeId));
    }
  });

  test("what is no cursor of this feed is refused", async () => {
    const org = await openTestOrg();
    for (const cursor of ["", "nonsense", "WzIsMCxbXV0", "e30"]) {
      const code = await org.listChanges(cursor).then(() => "resolved", (error: unknown) => (ConnectorError.isInstance(error) ? error.code : "unexpectedError"));
      expect(code).toBe("invalidInput");
    }
  });

  test("an org that breaks off ends the feed with an error", async () => {
    const org = await openTestOrg();
    await writeInes(org);
    org.emulator.faults.strike({ fault: { kind: "unavailable" }, when: { pathIncludes: "/" } });
    await expect(org.listChanges()).rejects.toMatchObject({ code: "unavailable" });
  });
});
