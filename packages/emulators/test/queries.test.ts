import { beforeEach, describe, expect, it } from "vitest";
import { openOrg, type OpenOrg } from "./open-org.ts";

describe("queries", () => {
  let opened: OpenOrg;
  beforeEach(async () => {
    opened = await openOrg();
    const { org } = opened.emulator;
    const ada = org.insert({ objectName: "Individual", values: { LastName: "Ada", Ref__c: "ada" } });
    const bob = org.insert({ objectName: "Individual", values: { LastName: "Bob", Ref__c: "bob", ShouldForget: true } });
    const consent = (values: Record<string, unknown>) => org.insert({ objectName: "ContactPointTypeConsent", values });
    consent({ Name: "a1", PartyId: ada, PrivacyConsentStatus: "OptIn", CaptureDate: "2026-01-01T00:00:00Z", EffectiveAt__c: 1, Ref__c: "a1" });
    consent({ Name: "a2", PartyId: ada, PrivacyConsentStatus: "OptOut", CaptureDate: "2026-03-01T00:00:00Z", EffectiveAt__c: 2, Ref__c: "a2" });
    consent({ Name: "b1'\\x%", PartyId: bob, EffectiveAt__c: 3, Ref__c: "b1" });
  });

  const names = async (where: string): Promise<unknown[]> => {
    const { body } = await opened.query(`SELECT Name FROM ContactPointTypeConsent WHERE ${where} ORDER BY Ref__c`);
    return (body as { records: { Name: unknown }[] }).records.map((row) => row.Name);
  };

  it.each([
    ["PrivacyConsentStatus = 'optin'", ["a1"]],
    ["PrivacyConsentStatus != 'OptIn'", ["a2", "b1'\\x%"]],
    ["Party.Ref__c IN ('ADA')", ["a1", "a2"]],
    ["Party.Ref__c NOT IN ('ADA')", ["b1'\\x%"]],
    ["Party.ShouldForget = TRUE", ["b1'\\x%"]],
    ["CaptureDate = null", ["b1'\\x%"]],
    ["CaptureDate > 2026-02-01T00:00:00+00:00", ["a2"]],
    ["EffectiveAt__c >= 2 AND (Name LIKE 'a%' OR Name LIKE 'zz')", ["a2"]],
    ["NOT (Name = 'a1' OR Name = 'a2')", ["b1'\\x%"]],
    ["Name = 'b1\\'\\\\x%'", ["b1'\\x%"]],
    ["Name LIKE '%\\%'", ["b1'\\x%"]],
    ["Name LIKE 'A_'", ["a1", "a2"]],
    ["PartyId IN (SELECT Id FROM Individual WHERE LastName = 'Bob')", ["b1'\\x%"]],
  ])("find by %s", async (where, expected) => {
    expect(await names(where)).toEqual(expected);
  });

  it("nest parents, with their attributes, in the spelling of the schema", async () => {
    const answer = await opened.query("select id, party.ref__c, Party.Name from contactpointtypeconsent where name = 'a1'");
    expect(answer.body).toEqual({
      totalSize: 1,
      done: true,
      records: [{
        attributes: { type: "ContactPointTypeConsent", url: expect.stringMatching(/^\/services\/data\/v62\.0\/sobjects\/ContactPointTypeConsent\/0ZY/) },
        Id: expect.stringMatching(/^0ZY.{15}$/),
        Party: { attributes: { type: "Individual", url: expect.any(String) }, Ref__c: "ada", Name: "Ada" },
      }],
    });
  });

  it("count, group, order, limit and skip", async () => {
    expect((await opened.query("SELECT COUNT() FROM ContactPointTypeConsent WHERE EffectiveAt__c < 3")).body).toEqual({ totalSize: 2, done: true, records: [] });
    expect((await opened.query("SELECT PartyId, COUNT(Id) n, MAX(EffectiveAt__c) FROM ContactPointTypeConsent GROUP BY PartyId")).body).toMatchObject({
      records: [{ n: 2, expr0: 2 }, { n: 1, expr0: 3 }],
    });
    expect((await opened.query("SELECT Name FROM ContactPointTypeConsent ORDER BY CaptureDate DESC NULLS LAST, Name LIMIT 1 OFFSET 1")).body).toMatchObject({
      totalSize: 1,
      records: [{ Name: "a1" }],
    });
  });

  it.each([
    ["SELECT Id FROM Individual WHERE Name = 'x' AND LastName = 'y' OR LastName = 'z'", "MALFORMED_QUERY"],
    ["SELECT Id FROM Individual WHERE LastName = 'O'Neil'", "MALFORMED_QUERY"],
    ["SELECT Id FROM Individual WHERE LastName = 'a\\d'", "MALFORMED_QUERY"],
    ["SELECT * FROM Individual", "MALFORMED_QUERY"],
    ["SELECT Nope__c FROM Individual", "INVALID_FIELD"],
    ["SELECT Id, Nope.Name FROM Individual", "INVALID_FIELD"],
    ["SELECT Id FROM Individual WHERE LastName = 5", "INVALID_FIELD"],
    ["SELECT Id FROM Individual WHERE CreatedDate > '2026-01-01T00:00:00Z'", "INVALID_FIELD"],
    ["SELECT Id FROM ContactPointTypeConsent WHERE Canonical__c = 'x'", "INVALID_FIELD"],
    ["SELECT Id FROM ContactPointTypeConsent ORDER BY Canonical__c", "INVALID_FIELD"],
    ["SELECT Id, ContactPoint.Ref__c FROM ContactPointConsent", "INVALID_FIELD"],
    ["SELECT Id FROM Nope__c", "INVALID_TYPE"],
    ["SELECT Id FROM Individual WHERE Id = 'x'", "INVALID_QUERY_FILTER_OPERATOR"],
  ])("refuse %s", async (soql, errorCode) => {
    expect(await opened.query(soql)).toMatchObject({ status: 400, body: [{ errorCode }] });
  });

  it("go on page by page over what stood when they began", async () => {
    const { emulator: { org }, call } = opened;
    for (let index = 0; index < 250; index += 1) org.insert({ objectName: "DataUsePurpose", values: { Name: `n${index}` } });
    const first = await call({ path: "query?q=SELECT+Name+FROM+DataUsePurpose", headers: { "Sforce-Query-Options": "batchSize=200" } });
    expect(first.body).toMatchObject({ totalSize: 250, done: false, nextRecordsUrl: expect.stringMatching(/^\/services\/data\/v62\.0\/query\/01g/) });
    org.insert({ objectName: "DataUsePurpose", values: { Name: "late" } });
    const rest = await call({ path: (first.body as { nextRecordsUrl: string }).nextRecordsUrl });
    expect(rest.body).toMatchObject({ totalSize: 250, done: true });
    expect((rest.body as { records: unknown[] }).records).toHaveLength(50);
  });

  it("see the recycle bin through queryAll alone", async () => {
    const { emulator: { org }, call, query } = opened;
    const id = org.insert({ objectName: "Lead", values: { LastName: "Doe", Company: "Example" } });
    org.remove({ objectName: "Lead", id });
    expect((await query("SELECT Id FROM Lead")).body).toMatchObject({ totalSize: 0 });
    expect((await call({ path: "queryAll?q=SELECT+Id,IsDeleted+FROM+Lead+WHERE+IsDeleted=true" })).body).toMatchObject({ records: [{ Id: id, IsDeleted: true }] });
  });
});
