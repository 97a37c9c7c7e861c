import { parse } from "csv-parse/sync";
import { beforeEach, describe, expect, test } from "vitest";
import { createBulkJobStore, type BulkJobStore } from "../src/salesforce/bulk/bulk-job-store.ts";
import { createBulkRows } from "../src/salesforce/bulk/bulk-rows.ts";
import { handleBulk } from "../src/salesforce/bulk/handle-bulk.ts";
import { applySourceFolder } from "../src/salesforce/metadata/apply-source-folder.ts";
import { createOrg } from "../src/salesforce/store/create-org.ts";
import type { Org } from "../src/salesforce/store/org.ts";

const ROOT = "https://org.example/services/data/v62.0/jobs/ingest";

let org: Org;
let jobs: BulkJobStore;
beforeEach(() => {
  org = createOrg({
    now: () => Date.parse("2026-11-24T00:00:00Z"),
    username: "integration@example.com",
    settings: { hasPersonAccounts: false, hasAddressPicklists: false, isConsentManagementEnabled: true, duplicateRule: "off", profile: "full" },
  });
  provision();
  jobs = createBulkJobStore();
});

const KEYED = ["Individual", "ContactPointTypeConsent", "ContactPointEmail"];

/** Gives some objects a key, which the integration user sees. */
function provision(): void {
  const namespace = 'xmlns="http://soap.sforce.com/2006/04/metadata"';
  const key = `<CustomField ${namespace}><fullName>Key__c</fullName><externalId>true</externalId><label>Key</label><length>80</length><type>Text</type><unique>true</unique></CustomField>`;
  const grants = KEYED.map((name) => `<fieldPermissions><editable>true</editable><field>${name}.Key__c</field><readable>true</readable></fieldPermissions>`);
  applySourceFolder({
    schema: org.schema,
    permissionSets: org.permissionSets,
    files: new Map([
      ...KEYED.map((name): [string, string] => [`objects/${name}/fields/Key__c.field-meta.xml`, key]),
      ["permissionsets/Keys.permissionset-meta.xml", `<PermissionSet ${namespace}><label>Keys</label>${grants.join("")}</PermissionSet>`],
    ]),
  });
  org.permissionSets.assignments.add(`${org.users.integration}:${org.permissionSets.sets.get("Keys")!.id}`);
}

function send(path: string, init: { method?: string; body?: string | Uint8Array<ArrayBuffer>; headers?: Record<string, string> } = {}): Promise<Response> {
  return handleBulk({
    request: new Request(ROOT + path, init),
    jobs,
    schema: org.schema,
    now: org.now(),
    ...createBulkRows({ org, userId: org.users.integration, apiVersion: 62 }),
  });
}

type Json = Record<string, unknown>;

async function open(body: Json): Promise<Json> {
  const response = await send("", { method: "POST", body: JSON.stringify(body) });
  const json = (await response.json()) as Json | Json[];
  return Array.isArray(json) ? json[0]! : json;
}

async function read(response: Promise<Response>): Promise<{ status: number; body: Json }> {
  const { status } = await response;
  const body = (await (await response).json()) as Json | Json[];
  return { status, body: Array.isArray(body) ? body[0]! : body };
}

const put = (id: string, csv: string | Uint8Array<ArrayBuffer>): Promise<Response> => send(`/${id}/batches`, { method: "PUT", body: csv, headers: { "content-type": "text/csv" } });
const close = (id: string, state = "UploadComplete"): Promise<Response> => send(`/${id}`, { method: "PATCH", body: JSON.stringify({ state }) });
const look = async (id: string): Promise<Json> => (await read(send(`/${id}`))).body;
async function csv(id: string, part: string): Promise<Json[]> {
  const response = await send(`/${id}/${part}`);
  return parse(await response.text(), { columns: true });
}

async function run(request: { job: Json; csv: string | Uint8Array<ArrayBuffer> }): Promise<{ id: string; info: Json; done: Json[]; failed: Json[]; unprocessed: Json[] }> {
  const { id } = (await open(request.job)) as { id: string };
  expect((await put(id, request.csv)).status).toBe(201);
  expect((await close(id)).status).toBe(200);
  expect((await look(id))["state"]).toBe("InProgress");
  const info = await look(id);
  return { id, info, done: await csv(id, "successfulResults"), failed: await csv(id, "failedResults"), unprocessed: await csv(id, "unprocessedrecords") };
}

const UPSERT = { object: "Individual", operation: "upsert", externalIdFieldName: "Key__c" };
const INSERT = { object: "Individual", operation: "insert" };

describe("a job", () => {
  test("is opened with all that a caller needs to go on", async () => {
    expect(await open(INSERT)).toMatchObject({
      id: expect.stringMatching(/^750[0-9a-zA-Z]{15}$/),
      state: "Open",
      object: "Individual",
      operation: "insert",
      contentType: "CSV",
      lineEnding: "LF",
      columnDelimiter: "COMMA",
      concurrencyMode: "Parallel",
      contentUrl: expect.stringMatching(/^services\/data\/v62\.0\/jobs\/ingest\/750\w+\/batches$/),
    });
  });

  test.each([
    [{ ...INSERT, object: "Nope__c" }, "INVALIDENTITY"],
    [{ ...INSERT, operation: "merge" }, "INVALIDJOB"],
    [{ ...INSERT, operation: "hardDelete" }, "FEATURENOTENABLED"],
    [{ ...INSERT, operation: "upsert" }, "INVALIDJOB"],
    [{ ...INSERT, operation: "upsert", externalIdFieldName: "LastName" }, "INVALIDJOB"],
    [{ ...INSERT, contentType: "JSON" }, "INVALIDJOB"],
    [{ ...INSERT, lineEnding: "CR" }, "INVALIDJOB"],
    [{ ...INSERT, nope: 1 }, "JSON_PARSER_ERROR"],
  ])("%j is refused", async (body, errorCode) => {
    expect((await open(body))["errorCode"]).toBe(errorCode);
  });

  test("goes from open to complete over looks, and counts its rows", async () => {
    const { info } = await run({ job: INSERT, csv: "LastName\nA\nB\n" });
    expect(info).toMatchObject({ state: "JobComplete", numberRecordsProcessed: 2, numberRecordsFailed: 0 });
  });

  test("takes one upload, while it is open, as CSV", async () => {
    const { id } = (await open(INSERT)) as { id: string };
    expect((await send(`/${id}/batches`, { method: "PUT", body: "LastName\n", headers: { "content-type": "application/json" } })).status).toBe(415);
    expect((await close(id)).status).toBe(400);
    expect((await put(id, "LastName\nA\n")).status).toBe(201);
    expect((await put(id, "LastName\nB\n")).status).toBe(400);
    expect((await close(id)).status).toBe(200);
    expect((await close(id)).status).toBe(400);
    expect((await put(id, "LastName\nB\n")).status).toBe(400);
  });

  test("that was aborted leaves its org alone", async () => {
    const { id } = (await open(INSERT)) as { id: string };
    await put(id, "LastName\nA\n");
    expect((await close(id, "Aborted")).status).toBe(200);
    expect((await look(id))["state"]).toBe("Aborted");
    expect([...org.table("Individual").rows()]).toEqual([]);
  });

  test("has no results before it is over, and is gone once deleted", async () => {
    const { id } = (await open(INSERT)) as { id: string };
    expect((await send(`/${id}/successfulResults`)).status).toBe(400);
    expect((await send(`/${id}`, { method: "DELETE" })).status).toBe(400);
    await close(id, "Aborted");
    expect((await send(`/${id}`, { method: "DELETE" })).status).toBe(204);
    expect((await send(`/${id}`)).status).toBe(404);
  });

  test("with an empty upload completes and does nothing", async () => {
    const { info } = await run({ job: INSERT, csv: "" });
    expect(info).toMatchObject({ state: "JobComplete", numberRecordsProcessed: 0 });
  });
});

describe("rows", () => {
  test("are told apart by what was sent, not by their order", async () => {
    const { done } = await run({ job: INSERT, csv: 'LastName,FirstName\nA,"x, ""y"""\nB,z\n' });
    expect(done).toEqual([
      { sf__Id: expect.any(String), sf__Created: "true", LastName: "B", FirstName: "z" },
      { sf__Id: expect.any(String), sf__Created: "true", LastName: "A", FirstName: 'x, "y"' },
    ]);
  });

  test("that are refused say why, and leave their neighbours alone", async () => {
    const { info, done, failed } = await run({ job: INSERT, csv: `LastName,BirthDate\nA,2000-01-02\n,2000-01-02\nC,nope\n` });
    expect(info).toMatchObject({ state: "JobComplete", numberRecordsProcessed: 3, numberRecordsFailed: 2 });
    expect(done.map(({ LastName }) => LastName)).toEqual(["A"]);
    expect(failed.map(({ sf__Error }) => sf__Error)).toEqual([
      expect.stringMatching(/^[A-Z_]+:.*--$/),
      "REQUIRED_FIELD_MISSING:Required fields are missing: [LastName]:LastName --",
    ]);
  });

  test("are upserted by key: an empty cell leaves a field alone, #N/A blanks it", async () => {
    await run({ job: UPSERT, csv: "Key__c,LastName,Occupation\nk1,A,first\n" });
    const again = await run({ job: UPSERT, csv: "Key__c,Occupation\nk1,\n" });
    expect(again.done).toMatchObject([{ sf__Created: "false" }]);
    const only = (): unknown => [...org.table("Individual").rows()][0]!["Occupation"];
    expect(only()).toBe("first");
    await run({ job: UPSERT, csv: "Key__c,Occupation\nk1,#N/A\n" });
    expect(only() ?? null).toBeNull();
  });

  test("are updated and deleted by id", async () => {
    const { done } = await run({ job: INSERT, csv: "LastName\nA\n" });
    const id = done[0]!["sf__Id"] as string;
    await run({ job: { object: "Individual", operation: "update" }, csv: `Id,LastName\n${id},B\n` });
    expect(org.table("Individual").get(id)!["LastName"]).toBe("B");
    const deletion = await run({ job: { object: "Individual", operation: "delete" }, csv: `Id\n${id}\n${id}\n` });
    expect(deletion.done).toMatchObject([{ sf__Id: id }]);
    expect(deletion.failed).toMatchObject([{ sf__Id: id, sf__Error: expect.stringMatching(/^ENTITY_IS_DELETED:/) }]);
    expect(org.table("Individual").get(id)).toBeUndefined();
  });

  test("find their parents by key, with the object's name where there are several", async () => {
    await run({ job: UPSERT, csv: "Key__c,LastName\nk1,A\n" });
    const consents = { object: "ContactPointTypeConsent", operation: "upsert", externalIdFieldName: "Key__c" };
    const { failed, done } = await run({ job: consents, csv: "Key__c,Name,PrivacyConsentStatus,Party.Key__c\nc1,n,OptIn,k1\nc2,n,OptIn,k2\n" });
    expect(done.map(({ Key__c }) => Key__c)).toEqual(["c1"]);
    expect(failed).toMatchObject([{ Key__c: "c2", sf__Error: expect.stringContaining("k2") }]);
    const emails = { object: "ContactPointEmail", operation: "insert" };
    expect((await run({ job: emails, csv: "EmailAddress,Key__c,Individual:Parent.Key__c\na@example.com,e1,k1\n" })).failed).toEqual([]);
    const points = { object: "ContactPointConsent", operation: "insert" };
    const found = await run({ job: points, csv: "Name,PrivacyConsentStatus,ContactPointEmail:ContactPoint.Key__c\na,OptIn,e1\n" });
    expect(found.failed).toEqual([]);
  });

  test("cannot find a parent whose object is not named, nor one by a field that is no key", async () => {
    const job = { object: "ContactPointConsent", operation: "insert" };
    for (const column of ["ContactPoint.Key__c", "ContactPointEmail:ContactPoint.Nope__c", "Contact:ContactPoint.Email", "Nope.Key__c"]) {
      const { info } = await run({ job, csv: `Name,PrivacyConsentStatus,${column}\na,OptIn,x\n` });
      expect(info).toMatchObject({ state: "Failed", errorMessage: `InvalidBatch : Field name not found : ${column}` });
    }
  });

  test("are written in chunks: a lock takes a whole chunk and no more", async () => {
    org.disturbances.locks.set("Individual", 1);
    const csvText = `LastName\n${Array.from({ length: 250 }, (_, index) => `P${index}\n`).join("")}`;
    const { info, failed } = await run({ job: INSERT, csv: csvText });
    expect(info).toMatchObject({ numberRecordsProcessed: 250, numberRecordsFailed: 200 });
    expect(failed[0]!["sf__Error"]).toMatch(/^UNABLE_TO_LOCK_ROW:/);
  });
});

describe("an upload that does not fit fails the job and leaves every row unprocessed", () => {
  test.each<[string, Json, string | Uint8Array<ArrayBuffer>, string]>([
    ["an unknown column", INSERT, "LastName,Nope__c\nA,1\n", "InvalidBatch : Field name not found : Nope__c"],
    ["a column that the caller does not see", { object: "Contact", operation: "insert" }, "LastName,HasOptedOutOfEmail\nA,true\n", "InvalidBatch : Field name not found : HasOptedOutOfEmail"],
    ["a column twice", INSERT, "LastName,lastname\nA,B\n", "Duplicate field name"],
    ["no key column", UPSERT, "LastName\nx\n", "InvalidBatch : Field name not found : Key__c"],
    ["an id column in an upsert by key", UPSERT, "Id,Key__c\n,k1\n", "InvalidBatch : Field name not found : Id"],
    ["more than ids in a deletion", { object: "Individual", operation: "delete" }, "Id,LastName\nx,A\n", "Id alone"],
    ["too many cells", INSERT, "LastName\nA,B\n", "another number of columns"],
    ["a quote that stays open", INSERT, 'LastName\n"A\n', "Failed to parse"],
    ["CRLF where LF was said", INSERT, "LastName\r\nA\r\n", "LineEnding is invalid on user data. Current LineEnding setting is LF"],
    ["LF where CRLF was said", { ...INSERT, lineEnding: "CRLF" }, "LastName\nA\n", "LineEnding is invalid on user data. Current LineEnding setting is CRLF"],
    ["another encoding", INSERT, new Uint8Array([0x4c, 0x0a, 0xe9, 0x0a]), "UTF-8"],
  ])("%s", async (_what, job, body, message) => {
    org.schema.objects.get("Contact")!.fields.get("HasOptedOutOfEmail")!.isVisible = false;
    const { info, done, failed } = await run({ job, csv: body });
    expect(info).toMatchObject({ state: "Failed", errorMessage: expect.stringContaining(message), numberRecordsProcessed: 0 });
    expect([done, failed]).toEqual([[], []]);
    expect([...org.table("Individual").rows()]).toEqual([]);
  });

  test("rows that were never come to are given back as they were sent", async () => {
    const { unprocessed } = await run({ job: INSERT, csv: "LastName,Nope__c\nA,1\n" });
    expect(unprocessed).toEqual([{ LastName: "A", Nope__c: "1" }]);
  });
});

test("a declared CRLF and another delimiter are read and answered alike", async () => {
  const { id, done } = await run({ job: { ...INSERT, lineEnding: "CRLF" }, csv: 'LastName,FirstName\r\nA,"x\ny"\r\n' });
  expect(done).toMatchObject([{ LastName: "A", FirstName: "x\ny" }]);
  expect(await (await send(`/${id}/successfulResults`)).text()).toContain('"sf__Id","sf__Created","LastName","FirstName"\r\n');
  const other = (await open({ ...INSERT, columnDelimiter: "SEMICOLON" })) as { id: string };
  await put(other.id, "LastName;FirstName\nB;y\n");
  await close(other.id);
  await look(other.id);
  expect((await look(other.id))["numberRecordsProcessed"]).toBe(1);
});
