import { describe, expect, it } from "vitest";
import { openOrg } from "./open-org.ts";

const ROOT = "/services/data/v62.0";

const createIndividual = (referenceId: string, lastName: string | null) => ({
  method: "POST", url: `${ROOT}/sobjects/Individual`, referenceId, body: { LastName: lastName },
});
const upsertIndividuals = (referenceId: string, rows: Record<string, unknown>[]) => ({
  method: "PATCH",
  url: `${ROOT}/composite/sobjects/Individual/Ref__c`,
  referenceId,
  body: { allOrNone: false, records: rows.map((row) => ({ attributes: { type: "Individual" }, ...row })) },
});
const createConsent = (referenceId: string, partyId: string) => ({
  method: "POST", url: `${ROOT}/sobjects/ContactPointTypeConsent`, referenceId, body: { Name: referenceId, PartyId: partyId },
});

describe("composites", () => {
  it("use what earlier parts answered, in bodies and urls, and cost one call", async () => {
    const { call, emulator } = await openOrg();
    const { body } = await call({
      method: "POST",
      path: "composite",
      body: {
        allOrNone: false,
        collateSubrequests: false,
        compositeRequest: [
          upsertIndividuals("people", [{ Ref__c: "a", LastName: "Doe" }]),
          createConsent("consent", "@{people[0].id}"),
          { method: "GET", url: `${ROOT}/sobjects/Individual/@{people[0].id}?fields=LastName`, referenceId: "read" },
          { method: "GET", url: `${ROOT}/query?q=SELECT+Id+FROM+ContactPointTypeConsent+WHERE+PartyId='@{people[0].id}'`, referenceId: "found" },
        ],
      },
    });
    expect(body).toMatchObject({
      compositeResponse: [
        { referenceId: "people", httpStatusCode: 200, body: [{ success: true, created: true }] },
        { referenceId: "consent", httpStatusCode: 201, body: { success: true } },
        { referenceId: "read", httpStatusCode: 200, body: { LastName: "Doe" } },
        { referenceId: "found", body: { totalSize: 1 } },
      ],
    });
    expect(emulator.calls.total()).toBe(1);
    expect(emulator.calls.list()).toMatchObject([{ method: "POST", path: `${ROOT}/composite`, subrequests: { length: 4 } }]);
  });

  it("halt those alone that depend on what failed", async () => {
    const { call, emulator } = await openOrg();
    const { status, body } = await call({
      method: "POST",
      path: "composite",
      body: {
        collateSubrequests: false,
        compositeRequest: [
          upsertIndividuals("people", [{ Ref__c: "a" }, { Ref__c: "b", LastName: "Roe" }]),
          createConsent("lost", "@{people[0].id}"),
          createConsent("kept", "@{people[1].id}"),
          createConsent("misspelt", "@{people[1].Id}"),
        ],
      },
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      compositeResponse: [
        { httpStatusCode: 200, body: [{ success: false }, { success: true }] },
        { httpStatusCode: 400, body: [{ errorCode: "PROCESSING_HALTED" }] },
        { httpStatusCode: 201 },
        { httpStatusCode: 400, body: [{ errorCode: "PROCESSING_HALTED" }] },
      ],
    });
    expect(emulator.org.rows("ContactPointTypeConsent")).toHaveLength(1);
  });

  it("roll all back where all or none was asked for", async () => {
    const { call, emulator } = await openOrg();
    const { body } = await call({
      method: "POST",
      path: "composite",
      body: { allOrNone: true, compositeRequest: [createIndividual("one", "Doe"), createIndividual("two", null), createIndividual("three", "Roe")] },
    });
    expect(body).toMatchObject({
      compositeResponse: [
        { httpStatusCode: 400, body: [{ errorCode: "PROCESSING_HALTED" }] },
        { httpStatusCode: 400, body: [{ errorCode: "REQUIRED_FIELD_MISSING" }] },
        { httpStatusCode: 400, body: [{ errorCode: "PROCESSING_HALTED" }] },
      ],
    });
    expect(emulator.org.rows("Individual")).toEqual([]);
  });

  it("carry all or none into their collections", async () => {
    const { call, emulator } = await openOrg();
    const { body } = await call({
      method: "POST",
      path: "composite",
      body: { allOrNone: true, compositeRequest: [upsertIndividuals("people", [{ Ref__c: "a", LastName: "Doe" }, { Ref__c: "b" }])] },
    });
    expect(body).toMatchObject({
      compositeResponse: [{ body: [{ errors: [{ statusCode: "ALL_OR_NONE_OPERATION_ROLLED_BACK" }] }, { errors: [{ statusCode: "REQUIRED_FIELD_MISSING" }] }] }],
    });
    expect(emulator.org.rows("Individual")).toEqual([]);
  });

  it("let each part say for itself that it saves duplicates", async () => {
    const { call, emulator } = await openOrg({ duplicateRule: "alert" });
    emulator.org.insert({ objectName: "Contact", values: { LastName: "Doe", Email: "doe@example.com" } });
    const part = { method: "POST", url: `${ROOT}/sobjects/Contact`, body: { LastName: "Roe", Email: "doe@example.com" } };
    const headers = { "Sforce-Duplicate-Rule-Header": "allowSave=true" };
    const compositeRequest = [{ ...part, referenceId: "plain" }, { ...part, referenceId: "allowed", httpHeaders: headers }];
    expect((await call({ method: "POST", path: "composite", headers, body: { compositeRequest } })).body).toMatchObject({
      compositeResponse: [{ httpStatusCode: 400, body: [{ errorCode: "DUPLICATES_DETECTED" }] }, { httpStatusCode: 201 }],
    });
  });

  it.each([
    ["26 parts", Array.from({ length: 26 }, (_, index) => createIndividual(`r${index}`, "Doe"))],
    ["six collections", Array.from({ length: 6 }, (_, index) => upsertIndividuals(`r${index}`, [{ Ref__c: "a", LastName: "Doe" }]))],
    ["a name with a hyphen", [createIndividual("a-b", "Doe")]],
    ["a name that is used twice", [createIndividual("a", "Doe"), createIndividual("a", "Doe")]],
    ["a header of its own that is closed", [{ ...createIndividual("a", "Doe"), httpHeaders: { "content-type": "application/json" } }]],
    ["an address with a host", [{ ...createIndividual("a", "Doe"), url: `https://org.example.com${ROOT}/sobjects/Individual` }]],
  ])("are refused whole for %s", async (_name, compositeRequest) => {
    const { call, emulator } = await openOrg();
    expect(await call({ method: "POST", path: "composite", body: { compositeRequest } })).toMatchObject({ status: 400 });
    expect(emulator.org.rows("Individual")).toEqual([]);
  });

  it("keep the order of independent parts only where they are not collated", async () => {
    const replace = async (collateSubrequests?: boolean): Promise<unknown> => {
      const { call, emulator: { org } } = await openOrg();
      const id = org.insert({ objectName: "Individual", values: { LastName: "Old", Ref__c: "key" } });
      const create = (referenceId: string, ref: string) => ({
        method: "POST", url: `${ROOT}/sobjects/Individual`, referenceId, body: { LastName: "New", Ref__c: ref },
      });
      const compositeRequest = [create("other", "other"), { method: "DELETE", url: `${ROOT}/sobjects/Individual/${id}`, referenceId: "old" }, create("fresh", "key")];
      const { body } = await call({ method: "POST", path: "composite", body: { compositeRequest, ...(collateSubrequests === undefined ? {} : { collateSubrequests }) } });
      return body;
    };
    expect(await replace(false)).toMatchObject({ compositeResponse: [{ httpStatusCode: 201 }, { httpStatusCode: 204 }, { httpStatusCode: 201 }] });
    expect(await replace()).toMatchObject({ compositeResponse: [{ httpStatusCode: 201 }, { httpStatusCode: 204 }, { referenceId: "fresh", httpStatusCode: 400 }] });
  });
});

describe("batches", () => {
  it("run their parts alone, and count each", async () => {
    const { call, emulator } = await openOrg();
    const { body } = await call({
      method: "POST",
      path: "composite/batch",
      body: {
        haltOnError: true,
        batchRequests: [
          { method: "POST", url: "v62.0/sobjects/Individual", richInput: { LastName: "Doe" } },
          { method: "GET", url: "v62.0/sobjects/Nope__c/describe" },
          { method: "POST", url: "v62.0/sobjects/Individual", richInput: { LastName: "Roe" } },
        ],
      },
    });
    expect(body).toMatchObject({
      hasErrors: true,
      results: [{ statusCode: 201 }, { statusCode: 404 }, { statusCode: 412, result: [{ errorCode: "BATCH_PROCESSING_HALTED" }] }],
    });
    expect(emulator.calls.total()).toBe(3);
  });
});

describe("retrieval by ids", () => {
  it("keeps the order, with null for what is not there", async () => {
    const { call, emulator: { org } } = await openOrg();
    const one = org.insert({ objectName: "Individual", values: { LastName: "Doe" } });
    const two = org.insert({ objectName: "Individual", values: { LastName: "Roe" } });
    const answer = await call({ method: "POST", path: "composite/sobjects/Individual", body: { ids: [two, "0PKfj0000000Zzz", one], fields: ["LastName"] } });
    expect(answer).toMatchObject({ status: 200, body: [{ LastName: "Roe" }, null, { LastName: "Doe" }] });
  });
});
