import { listenOnLoopback } from "@volenti/emulators";
import { expect, onTestFinished, test } from "vitest";
import type { OverviewFacetV1 } from "@volenti/core/adapter";
import { createOverview } from "../src/overview/create-overview.ts";
import { resolveSettings } from "../src/resolve-settings.ts";
import { createSalesforceSession } from "../src/transport/create-salesforce-session.ts";
import { loginTo, openTestOrg, type TestOrg } from "./support/read-org.ts";
import { writePerson } from "./support/read-person.ts";

const INES = { givenName: "Inès", familyName: "Moreau", email: "Ines@example.com" };
const DECISIONS = [{ status: "given", at: 2 }, { purpose: "marketing.sms", channel: "sms", status: "refused", at: 3 }] as const;
const BY_EMAIL = { name: { identifier: { kind: "email", value: "ines@example.com" } } } as const;

/** The overview through a network that may change what is sent. */
async function openOverview(request: { org: TestOrg; change?: (text: string) => string }): Promise<OverviewFacetV1> {
  const { org: { emulator, context }, change = (text) => text } = request;
  const server = await listenOnLoopback({
    handle: async (call) => emulator.handle(call.method === "GET" ? call : new Request(call.url, { method: call.method, headers: call.headers, body: change(await call.text()) })),
  });
  const session = createSalesforceSession({ settings: resolveSettings(loginTo({ emulator, url: server.url })) });
  session.attach(context);
  onTestFinished(async () => {
    await session.close();
    await server.close();
  });
  return createOverview(session);
}

async function callsOf(request: { org: TestOrg; work: () => Promise<unknown> }): Promise<number> {
  const before = request.org.emulator.calls.total();
  await request.work();
  return request.org.emulator.calls.total() - before;
}

test("all of a person takes one call, by the ref and by a match key, flags that an agent set included", async () => {
  const org = await openTestOrg();
  const ref = await writePerson({ org, person: { profile: INES, decisions: [...DECISIONS] } });
  const [contact] = org.emulator.org.rows("Contact");
  org.emulator.org.update({ objectName: "Contact", id: String(contact?.["Id"]), values: { HasOptedOutOfEmail: true } });
  const overview = createOverview(org.session);
  const [record] = (await overview.read({ name: { subjectRef: ref } }))?.records ?? [];
  expect(record).toMatchObject({ subjectRef: ref, profile: { attributes: { familyName: { value: "Moreau" } } }, states: [{ purpose: "marketing.email", status: "refused" }, { purpose: "marketing.sms", status: "refused" }] });
  expect(record?.states).toEqual(await org.consent.listStates({ subjectRef: ref }));
  expect(record?.decisions).toHaveLength(2);
  expect(await overview.read(BY_EMAIL)).toEqual({ records: [record], custody: null });
  for (const name of [{ subjectRef: ref }, BY_EMAIL.name]) expect(await callsOf({ org, work: () => overview.read({ name }) })).toBe(1);
});

test("of two whose identifiers differ by letter case alone, which SOQL does not tell, each is read with what is their own", async () => {
  const org = await openTestOrg({ options: { matchKeys: [{ kind: "loyaltyId", field: "AssistantName" }] } });
  const refs: string[] = [];
  for (const status of ["given", "refused"] as const) refs.push(await writePerson({ org, person: { profile: { familyName: status }, decisions: [{ status, at: 1 }] } }));
  for (const contact of org.emulator.org.rows("Contact")) {
    org.emulator.org.update({ objectName: "Contact", id: String(contact["Id"]), values: { AssistantName: contact["LastName"] === "given" ? "L-a" : "L-A" } });
  }
  const overview = createOverview(org.session);
  for (const [index, value] of ["L-a", "L-A"].entries()) {
    const told = await overview.read({ name: { identifier: { kind: "loyaltyId", value } } });
    expect(told?.records).toMatchObject([{ subjectRef: refs[index], states: [{ status: ["given", "refused"][index] }], decisions: [{ subjectRef: refs[index] }] }]);
  }
});

test("an org that takes the reference to the person for a text, or refuses it, is asked once more by the ref: no consent is passed over", async () => {
  const org = await openTestOrg();
  const ref = await writePerson({ org, person: { profile: INES, decisions: [...DECISIONS] } });
  const expected = await createOverview(org.session).read({ name: { subjectRef: ref } });
  for (const instead of ["text", "@{nobody.records[0].VolentiRef__c}"]) {
    const overview = await openOverview({ org, change: (text) => text.replaceAll("@{person.records[0].VolentiRef__c}", instead) });
    await overview.read(BY_EMAIL);
    expect(await overview.read(BY_EMAIL)).toEqual(expected);
    expect(await callsOf({ org, work: () => overview.read(BY_EMAIL) })).toBe(2);
  }
});

test("without a decision log, and without flags that the user sees, the rest is told", async () => {
  const org = await openTestOrg();
  const ref = await writePerson({ org, person: { profile: INES, decisions: [...DECISIONS] } });
  org.emulator.org.hideField({ objectName: "Contact", fieldName: "HasOptedOutOfEmail" });
  const session = createSalesforceSession({ settings: { ...org.session.settings, decisionLog: false } });
  session.attach(org.context);
  onTestFinished(() => session.close());
  const told = await createOverview(session).read(BY_EMAIL);
  expect(told?.records).toMatchObject([{ subjectRef: ref, states: [{ status: "given" }, { status: "refused" }], decisions: [] }]);
  expect((await createOverview(org.session).read(BY_EMAIL))?.records[0]?.decisions).toHaveLength(2);
});

test("a row of ours that cannot be read, and a profile field that the user does not see, reject: nothing looks empty", async () => {
  const org = await openTestOrg();
  const ref = await writePerson({ org, person: { profile: INES, decisions: [...DECISIONS] } });
  const overview = createOverview(org.session);
  const [row] = org.emulator.org.rows("ContactPointTypeConsent");
  org.emulator.org.update({ objectName: "ContactPointTypeConsent", id: String(row?.["Id"]), values: { VolentiStatus__c: "no idea" } });
  for (const name of [BY_EMAIL.name, { subjectRef: ref }]) await expect(overview.read({ name })).rejects.toMatchObject({ code: "malformedResponse", operation: "overview.read" });
  org.emulator.org.hideField({ objectName: "Contact", fieldName: "FirstName" });
  for (const name of [BY_EMAIL.name, { subjectRef: ref }]) await expect(overview.read({ name })).rejects.toMatchObject({ operation: "overview.read", providerCode: "INVALID_FIELD" });
});
