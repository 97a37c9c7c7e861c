import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { bulkScript, upsert, uploadedLines, type BulkScript } from "./support/transport-bulk.ts";
import { createTestClock, openSession, rejection, startOrg, type ScriptedOrg, type TestClock } from "./support/transport-org.ts";
import type { SalesforceSession } from "../src/transport/salesforce-session.ts";

const ROWS = [{ VolentiRef__c: "a" }, { VolentiRef__c: "b" }];
const BOTH = "sf__Id,sf__Created,VolentiRef__c\n003,true,a\n004,true,b\n";
const opened: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const resource of opened.splice(0).toReversed()) await resource.close();
});

async function connect(script: BulkScript): Promise<{ org: ScriptedOrg; session: SalesforceSession; clock: TestClock }> {
  const org = await startOrg({ answer: bulkScript(script) });
  const clock = createTestClock();
  const session = openSession({ options: { loginUrl: org.url }, clock });
  opened.push(org, session);
  return { org, session, clock };
}

describe("a bulk upsert", () => {
  it("opens, uploads, completes and reads one job, and tells each row by its key", async () => {
    const { org, session } = await connect({
      successful: '"sf__Id","sf__Created",VolentiRef__c\n"004","false",b\n',
      failed:
        '"sf__Id","sf__Error",VolentiRef__c\n"","FIELD_CUSTOM_VALIDATION_EXCEPTION:VOLENTI_SUPERSEDED: something newer stands:VolentiEffectiveAt__c --",a\n"","STRING_TOO_LONG:First Name: data value too large: Ines:FirstName --",c\n',
    });
    const results = await upsert({ session, rows: [...ROWS, { VolentiRef__c: "c" }] });
    expect(results).toMatchObject([
      { key: "a", outcome: "failed", marker: "superseded", error: { providerCode: "FIELD_CUSTOM_VALIDATION_EXCEPTION" } },
      { key: "b", outcome: "updated", marker: null },
      { key: "c", outcome: "failed", marker: null, error: { code: "rejectedByProvider", providerCode: "STRING_TOO_LONG", fieldNames: ["FirstName"] } },
    ]);
    expect(JSON.stringify(results)).not.toContain("Ines");
    expect(JSON.parse(org.requests[0]?.body ?? "")).toEqual({
      object: "Contact",
      operation: "upsert",
      externalIdFieldName: "VolentiRef__c",
      contentType: "CSV",
      lineEnding: "LF",
    });
  });

  it("looks at its job in growing pauses", async () => {
    const { session, clock } = await connect({ states: ["UploadComplete", "InProgress", "InProgress", "JobComplete"], successful: BOTH });
    await upsert({ session, rows: ROWS });
    expect(clock.slept).toHaveLength(3);
    expect(clock.slept).toEqual(clock.slept.toSorted((one, other) => one - other));
  });

  it("goes on looking where a look fails", async () => {
    const { session } = await connect({ states: ["InProgress", { status: 503 }, "reset", "JobComplete"], successful: BOTH });
    expect((await upsert({ session, rows: ROWS })).map(({ outcome }) => outcome)).toEqual(["created", "created"]);
  });

  it("whose job cannot be seen any more leaves its rows unknown, and the job alone", async () => {
    const { org, session } = await connect({ states: ["InProgress", { status: 503 }] });
    expect(await upsert({ session, rows: ROWS })).toMatchObject([
      { key: "a", outcome: "unknown", error: { code: "outcomeUnknown" } },
      { key: "b", outcome: "unknown", error: { code: "outcomeUnknown" } },
    ]);
    expect(org.requests.some(({ body }) => body.includes("Aborted"))).toBe(false);
  });

  it("whose completion was lost is told by the job: begun, or not", async () => {
    const begun = await connect({ complete: "reset", states: ["InProgress", "JobComplete"], successful: BOTH });
    expect((await upsert({ session: begun.session, rows: ROWS })).map(({ outcome }) => outcome)).toEqual(["created", "created"]);
    const idle = await connect({ complete: "reset", states: ["Open"] });
    expect((await upsert({ session: idle.session, rows: ROWS })).map(({ outcome }) => outcome)).toEqual(["notAttempted", "notAttempted"]);
    expect(idle.org.requests.at(-1)).toMatchObject({ method: "PATCH", body: '{"state":"Aborted"}' });
  });

  it("stops its job on the signal, and rejects with the signal's reason", async () => {
    const { org, session, clock } = await connect({ states: ["InProgress"] });
    const controller = new AbortController();
    const reason = new Error("enough");
    const sleep = clock.sleep.bind(clock);
    clock.sleep = (request) => {
      controller.abort(reason);
      return sleep(request);
    };
    expect(await rejection(upsert({ session, rows: ROWS, signal: controller.signal }))).toBe(reason);
    expect(org.requests.at(-1)).toMatchObject({ method: "PATCH", body: '{"state":"Aborted"}' });
  });

  it("refuses a row that no file can say, and writes its neighbours", async () => {
    const { org, session } = await connect({ successful: BOTH });
    const results = await upsert({
      session,
      rows: [...ROWS, { VolentiRef__c: "c", Note__c: "#N/A" }, { VolentiRef__c: "d", Note__c: "x".repeat(131_073) }, { VolentiRef__c: "e", Note__c: ["x"] }],
    });
    expect(Object.fromEntries(results.map(({ key, outcome }) => [key, outcome]))).toEqual({ a: "created", b: "created", c: "failed", d: "failed", e: "failed" });
    expect(uploadedLines(org.requests)).toEqual(["VolentiRef__c", "a", "b"]);
  });

  it("keeps quotes, commas and line ends of values", async () => {
    const { org, session } = await connect({});
    await upsert({ session, rows: [{ VolentiRef__c: "a", MailingStreet: 'Rue "Basse", 3\nÉtage 2' }] });
    expect(org.requests.find(({ method }) => method === "PUT")?.body).toBe('VolentiRef__c,MailingStreet\na,"Rue ""Basse"", 3\nÉtage 2"\n');
  });

  it("says every text as it was given, whatever it holds", async () => {
    const { org, session } = await connect({});
    const text = fc.string({ unit: fc.constantFrom(",", '"', "\r", "\n", ";", " ", "#N/A", "é", "😀", "a"), minLength: 1 }).filter((value) => value !== "#N/A");
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 5 }), async (texts) => {
        await upsert({ session, rows: texts.map((value, index) => ({ VolentiRef__c: `ref-${index}`, Note__c: value })) });
        const uploaded = org.requests.findLast(({ method }) => method === "PUT")?.body ?? "";
        expect(parse(uploaded, { record_delimiter: "\n" })).toEqual([["VolentiRef__c", "Note__c"], ...texts.map((value, index) => [`ref-${index}`, value])]);
      }),
      { numRuns: 40 },
    );
  });

  it("cuts its rows into jobs of the size that is allowed", async () => {
    const { org, session } = await connect({});
    const rows = Array.from({ length: 10 }, (_, index) => ({ VolentiRef__c: `ref-${index}`, Note__c: "x".repeat(100) }));
    await upsert({ session, rows, maxJobBytes: 400 });
    const uploads = org.requests.filter(({ method }) => method === "PUT");
    expect(uploads.length).toBeGreaterThan(2);
    for (const { body } of uploads) expect(Buffer.byteLength(body)).toBeLessThanOrEqual(400);
    expect(uploadedLines(org.requests).filter((line) => line.startsWith("ref-"))).toHaveLength(10);
  });

  it("never takes results that it cannot read for none", async () => {
    const { session } = await connect({ successful: "<html>maintenance</html>" });
    expect((await upsert({ session, rows: ROWS })).map(({ outcome }) => outcome)).toEqual(["unknown", "unknown"]);
  });
});
