import { describe, expect, it } from "vitest";
import { idIn, openOrg } from "./open-org.ts";

const individual = (ref: string, lastName = "Doe"): Record<string, unknown> => ({ attributes: { type: "Individual" }, Ref__c: ref, LastName: lastName });

describe("upserts of collections", () => {
  it("create what is new and update what is there, whatever the case of the key", async () => {
    const { call, emulator } = await openOrg();
    const upsert = (records: unknown[]) => call({ method: "PATCH", path: "composite/sobjects/Individual/Ref__c", body: { allOrNone: false, records } });
    expect(await upsert([individual("a1"), individual("b2")])).toMatchObject({
      status: 200,
      body: [{ success: true, created: true, errors: [] }, { success: true, created: true, errors: [] }],
    });
    expect(await upsert([individual("A1", "Roe")])).toMatchObject({ body: [{ success: true, created: false, errors: [] }] });
    expect(emulator.org.rows("Individual")).toMatchObject([{ Ref__c: "a1", Name: "Roe" }, { Ref__c: "b2" }]);
  });

  it("refuse the second row of a key in one call, and keep the first", async () => {
    const { call } = await openOrg();
    const answer = await call({ method: "PATCH", path: "composite/sobjects/Individual/Ref__c", body: { records: [individual("a"), individual("A")] } });
    expect(answer.body).toMatchObject([{ success: true }, { success: false, errors: [{ statusCode: "DUPLICATE_VALUE" }] }]);
  });

  it("take parents by external id, and say which is missing", async () => {
    const { call, emulator } = await openOrg();
    const personId = emulator.org.insert({ objectName: "Individual", values: { LastName: "Doe", Ref__c: "p1" } });
    const consent = (party: string) => ({ attributes: { type: "ContactPointTypeConsent" }, Name: "x", Ref__c: party, Party: { Ref__c: party } });
    const answer = await call({
      method: "PATCH",
      path: "composite/sobjects/ContactPointTypeConsent/Ref__c",
      body: { records: [consent("P1"), consent("nobody")] },
    });
    expect(answer.body).toMatchObject([
      { success: true },
      { success: false, errors: [{ statusCode: "INVALID_FIELD", message: expect.stringContaining("nobody not found for field Ref__c") }] },
    ]);
    expect(emulator.org.rows("ContactPointTypeConsent")).toMatchObject([{ PartyId: personId, PrivacyConsentStatus: "NotSeen" }]);
  });

  it("roll every row back where all or none was asked for", async () => {
    const { call, emulator } = await openOrg();
    const answer = await call({
      method: "PATCH",
      path: "composite/sobjects/Individual/Ref__c",
      body: { allOrNone: true, records: [individual("a"), individual("b", "")] },
    });
    expect(answer.body).toMatchObject([
      { errors: [{ statusCode: "ALL_OR_NONE_OPERATION_ROLLED_BACK" }] },
      { errors: [{ statusCode: "REQUIRED_FIELD_MISSING", fields: ["LastName"] }] },
    ]);
    expect(emulator.org.rows("Individual")).toEqual([]);
  });

  it.each([
    ["201 rows", Array.from({ length: 201 }, (_, index) => individual(`k${index}`)), "EXCEEDED_ID_LIMIT"],
    ["rows without a type", [{ Ref__c: "a", LastName: "Doe" }], "INVALID_INPUT"],
    ["rows of another type", [{ attributes: { type: "Contact" }, Ref__c: "a" }], "INVALID_TYPE"],
    ["a number where a text belongs", [{ ...individual("a"), LastName: 5 }], "JSON_PARSER_ERROR"],
  ])("are refused whole for %s", async (_name, records, errorCode) => {
    const { call, emulator } = await openOrg();
    const answer = await call({ method: "PATCH", path: "composite/sobjects/Individual/Ref__c", body: { records } });
    expect(answer).toMatchObject({ status: 400, body: [{ errorCode }] });
    expect(emulator.org.rows("Individual")).toEqual([]);
  });

  it("need the key in each row, and no id", async () => {
    const { call } = await openOrg();
    const records = [{ ...individual("a"), Ref__c: null }, { ...individual("b"), Id: "0PKfj0000000001AAA" }];
    const answer = await call({ method: "PATCH", path: "composite/sobjects/Individual/Ref__c", body: { records } });
    expect(answer.body).toMatchObject([{ errors: [{ statusCode: "MISSING_ARGUMENT" }] }, { errors: [{ statusCode: "INVALID_FIELD" }] }]);
  });

  it("know no key that is no external id", async () => {
    const { call } = await openOrg();
    const answer = await call({ method: "PATCH", path: "composite/sobjects/Individual/LastName", body: { records: [individual("a")] } });
    expect(answer).toMatchObject({ status: 404, body: [{ errorCode: "NOT_FOUND" }] });
  });
});

describe("values", () => {
  it.each([
    ["an unknown field", { Nope__c: "x" }, "INVALID_FIELD"],
    ["a read-only field", { Name: "x" }, "INVALID_FIELD_FOR_INSERT_UPDATE"],
    ["a text that is too long", { FirstName: "x".repeat(41) }, "STRING_TOO_LONG"],
    ["an e-mail address that is none", { Email: "nobody" }, "INVALID_EMAIL_ADDRESS"],
    ["a value outside a restricted picklist", { CleanStatus: "Clean" }, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST"],
    ["null in a checkbox", { DoNotCall: null }, "INVALID_TYPE_ON_FIELD_IN_RECORD"],
    ["an id of another object", { AccountId: "003fj0000000001AAA" }, "MALFORMED_ID"],
    ["an id of no row", { IndividualId: "0PKfj00000000Zz" }, "INVALID_CROSS_REFERENCE_KEY"],
  ])("%s refuses its row alone", async (_name, values, statusCode) => {
    const { call } = await openOrg();
    const records = [{ attributes: { type: "Contact" }, LastName: "Doe", ...values }, { attributes: { type: "Contact" }, LastName: "Roe" }];
    const answer = await call({ method: "POST", path: "composite/sobjects", body: { records } });
    expect(answer).toMatchObject({ status: 200, body: [{ success: false, errors: [{ statusCode }] }, { success: true }] });
  });

  it("are trimmed, blanks become null, and instants lose their milliseconds", async () => {
    const { call, emulator } = await openOrg();
    const partyId = emulator.org.insert({ objectName: "Individual", values: { LastName: "Doe" } });
    const answer = await call({
      method: "POST",
      path: "sobjects/ContactPointTypeConsent",
      body: { Name: "  x ", PartyId: partyId, CaptureSource: " ", CaptureDate: "2026-01-31T23:30:00.987-01:00", EffectiveAt__c: 1_700_000_000_123 },
    });
    expect(answer).toMatchObject({ status: 201, body: { success: true, errors: [] } });
    expect(emulator.org.rows("ContactPointTypeConsent")).toMatchObject([
      { Name: "x", CaptureSource: null, CaptureDate: "2026-02-01T00:30:00.000+0000", EffectiveAt__c: 1_700_000_000_123, CreatedDate: "2026-11-24T10:00:00.000+0000" },
    ]);
  });

  it("of pending consents need version 58", async () => {
    const { call, emulator } = await openOrg();
    const partyId = emulator.org.insert({ objectName: "Individual", values: { LastName: "Doe" } });
    const body = { Name: "x", PartyId: partyId, PrivacyConsentStatus: "OptInPending" };
    expect(await call({ method: "POST", path: "/services/data/v57.0/sobjects/ContactPointTypeConsent", body })).toMatchObject({
      status: 400,
      body: [{ errorCode: "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST" }],
    });
    expect(await call({ method: "POST", path: "/services/data/v58.0/sobjects/ContactPointTypeConsent", body })).toMatchObject({ status: 201 });
  });
});

describe("single rows", () => {
  it("are created, read, updated, deleted by id of 15 or 18 characters", async () => {
    const { call } = await openOrg();
    const id = idIn(await call({ method: "POST", path: "sobjects/Contact", body: { LastName: "Doe", Email: "doe@example.com" } }));
    expect(id).toHaveLength(18);
    expect(await call({ method: "PATCH", path: `sobjects/Contact/${id.slice(0, 15)}`, body: { FirstName: "Jo" } })).toMatchObject({ status: 204, body: null });
    expect(await call({ path: `sobjects/Contact/${id}?fields=Name,Email` })).toMatchObject({
      status: 200,
      body: { attributes: { type: "Contact" }, Name: "Jo Doe", Email: "doe@example.com" },
    });
    expect(await call({ method: "DELETE", path: `sobjects/Contact/${id}` })).toMatchObject({ status: 204 });
    expect(await call({ path: `sobjects/Contact/${id}` })).toMatchObject({ status: 404, body: [{ errorCode: "ENTITY_IS_DELETED" }] });
  });

  it("are upserted by key: 201, then 200, or 404 for updates only", async () => {
    const { call } = await openOrg();
    const path = `sobjects/Individual/Ref__c/${encodeURIComponent("a/b?c#d %é")}`;
    expect(await call({ method: "PATCH", path: `${path}?updateOnly=true`, body: { LastName: "Doe" } })).toMatchObject({ status: 404 });
    expect(await call({ method: "PATCH", path, body: { LastName: "Doe" } })).toMatchObject({ status: 201, body: { success: true, created: true } });
    expect(await call({ method: "PATCH", path, body: { LastName: "Roe" } })).toMatchObject({ status: 200, body: { created: false } });
    expect(await call({ path })).toMatchObject({ body: { LastName: "Roe", Ref__c: "a/b?c#d %é" } });
    expect(await call({ method: "PATCH", path, body: { LastName: "Roe", Ref__c: "x" } })).toMatchObject({ status: 400, body: [{ errorCode: "INVALID_FIELD" }] });
  });

  it("answer 300 with addresses where a key has several rows", async () => {
    const { call, emulator } = await openOrg();
    for (const lastName of ["Doe", "Roe"]) emulator.org.insert({ objectName: "Contact", values: { LastName: lastName, Email: "one@example.com" } });
    expect(await call({ method: "PATCH", path: "sobjects/Contact/Email/one@example.com", body: { Title: "x" } })).toMatchObject({
      status: 300,
      body: [expect.stringContaining("/sobjects/Contact/003"), expect.stringContaining("/sobjects/Contact/003")],
    });
  });

  it("of converted leads stay as they are", async () => {
    const { call, emulator } = await openOrg();
    const id = emulator.org.insert({ objectName: "Lead", values: { LastName: "Doe", Company: "Example", IsConverted: true } });
    expect(await call({ method: "PATCH", path: `sobjects/Lead/${id}`, body: { Title: "x" } })).toMatchObject({
      status: 400,
      body: [{ errorCode: "CANNOT_UPDATE_CONVERTED_LEAD" }],
    });
  });
});

describe("unique fields", () => {
  it("refuse a second row of a value, which deletion frees", async () => {
    const { call, emulator } = await openOrg();
    const id = emulator.org.insert({ objectName: "Individual", values: { LastName: "Doe", Ref__c: "Key" } });
    const create = () => call({ method: "POST", path: "sobjects/Individual", body: { LastName: "Roe", Ref__c: "kEY" } });
    expect(await create()).toMatchObject({ status: 400, body: [{ errorCode: "DUPLICATE_VALUE", message: expect.stringContaining(id) }] });
    emulator.org.remove({ objectName: "Individual", id });
    expect(await create()).toMatchObject({ status: 201 });
  });
});

describe("deletions", () => {
  it("stop before what stands in the way, take children along, blank what only points", async () => {
    const { call, emulator: { org } } = await openOrg();
    const person = org.insert({ objectName: "Individual", values: { LastName: "Doe" } });
    const purpose = org.insert({ objectName: "DataUsePurpose", values: { Name: "Mail" } });
    const consent = org.insert({ objectName: "ContactPointTypeConsent", values: { Name: "x", PartyId: person, DataUsePurposeId: purpose } });
    org.insert({ objectName: "ContactPointEmail", values: { EmailAddress: "doe@example.com", ParentId: person } });
    const remove = (ids: string[]) => call({ method: "DELETE", path: `composite/sobjects?ids=${ids.join(",")}&allOrNone=false` });

    expect(await remove([person])).toMatchObject({ body: [{ success: false, errors: [{ statusCode: "DELETE_FAILED" }] }] });
    expect(await remove([purpose])).toMatchObject({ body: [{ id: purpose, success: true }] });
    expect(org.rows("ContactPointTypeConsent")).toMatchObject([{ DataUsePurposeId: null }]);
    expect(await remove([consent, person, consent])).toMatchObject({
      body: [{ success: true }, { success: true }, { success: false, errors: [{ statusCode: "ENTITY_IS_DELETED" }] }],
    });
    expect(org.rows("ContactPointEmail")).toEqual([]);
    expect(org.dump()).not.toContain("doe@example.com");
    expect(org.dump({ withRecycleBin: true })).toContain("doe@example.com");
  });
});

describe("validation rules and flows", () => {
  it("see the row as it will be and as it was", async () => {
    const { call, emulator } = await openOrg();
    emulator.org.schema.objects.get("ContactPointTypeConsent")?.validationRules.set("Stale", {
      fullName: "Stale",
      isActive: true,
      errorConditionFormula: "AND(NOT(ISNEW()), EffectiveAt__c < PRIORVALUE(EffectiveAt__c))",
      errorMessage: "stale",
      errorDisplayField: "EffectiveAt__c",
    });
    emulator.org.insert({ objectName: "Individual", values: { LastName: "Doe", Ref__c: "p" } });
    const write = (at: number) =>
      call({
        method: "PATCH",
        path: "composite/sobjects/ContactPointTypeConsent/Ref__c",
        body: { records: [{ attributes: { type: "ContactPointTypeConsent" }, Ref__c: "c", Name: "x", Party: { Ref__c: "p" }, EffectiveAt__c: at }] },
      });
    await write(10);
    expect(await write(9)).toMatchObject({
      body: [{ success: false, errors: [{ statusCode: "FIELD_CUSTOM_VALIDATION_EXCEPTION", message: "stale", fields: ["EffectiveAt__c"] }] }],
    });
    expect(await write(11)).toMatchObject({ body: [{ success: true }] });
  });
});

describe("duplicate rules", () => {
  it("alert unless the caller saves anyway, and block always", async () => {
    const { call, emulator } = await openOrg({ duplicateRule: "alert" });
    emulator.org.insert({ objectName: "Contact", values: { LastName: "Doe", Email: "doe@example.com" } });
    const create = (headers: Record<string, string> = {}) =>
      call({ method: "POST", path: "composite/sobjects", headers, body: { records: [{ attributes: { type: "Contact" }, LastName: "Roe", Email: "DOE@example.com" }] } });
    expect(await create()).toMatchObject({ body: [{ errors: [{ statusCode: "DUPLICATES_DETECTED", duplicateResult: { allowSave: true, matchResults: [{ size: 1 }] } }] }] });
    expect(await create({ "Sforce-Duplicate-Rule-Header": "allowSave=true" })).toMatchObject({ body: [{ success: true }] });
    emulator.org.setDuplicateRule("block");
    expect(await create({ "Sforce-Duplicate-Rule-Header": "allowSave=true" })).toMatchObject({ body: [{ errors: [{ duplicateResult: { allowSave: false } }] }] });
  });
});
