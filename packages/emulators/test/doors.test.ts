import { strToU8, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { listenOnLoopback } from "@volenti/emulators";
import { idIn, logIn, openOrg } from "./open-org.ts";

const FIELD = `<?xml version="1.0" encoding="UTF-8"?>
<CustomObject xmlns="http://soap.sforce.com/2006/04/metadata">
  <fields><fullName>Score__c</fullName><label>Score</label><type>Text</type><length>20</length><externalId>true</externalId><unique>true</unique></fields>
</CustomObject>`;
const GRANT = `<?xml version="1.0" encoding="UTF-8"?>
<PermissionSet xmlns="http://soap.sforce.com/2006/04/metadata">
  <label>Scores</label>
  <fieldPermissions><field>Individual.Score__c</field><readable>true</readable><editable>true</editable></fieldPermissions>
</PermissionSet>`;
const PACKAGE = `<?xml version="1.0" encoding="UTF-8"?>
<Package xmlns="http://soap.sforce.com/2006/04/metadata">
  <types><members>Individual.Score__c</members><name>CustomField</name></types>
  <types><members>Scores</members><name>PermissionSet</name></types>
  <version>62.0</version>
</Package>`;

function zipOf(files: Readonly<Record<string, string>>): Blob {
  const zip = zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)])));
  return new Blob([new Uint8Array(zip)], { type: "application/zip" });
}

describe("an org on loopback", () => {
  it("takes a deployment, opens its fields by assignment, and loads rows in bulk", async () => {
    const { emulator } = await openOrg();
    await using server = await listening(emulator.handle);
    const token = await logIn(emulator);
    const call = async (path: string, init: RequestInit = {}): Promise<Response> =>
      fetch(`${server.url}/services/data/v62.0/${path}`, { ...init, headers: { Authorization: `Bearer ${token}`, ...(init.headers as Record<string, string>) } });
    const asJson = (method: string, body: unknown): RequestInit => ({ method, body: JSON.stringify(body), headers: { "Content-Type": "application/json" } });

    const form = new FormData();
    form.set("json", new Blob([JSON.stringify({ deployOptions: { rollbackOnError: true, singlePackage: true } })], { type: "application/json" }));
    form.set("file", zipOf({ "package.xml": PACKAGE, "objects/Individual.object": FIELD, "permissionsets/Scores.permissionset": GRANT }), "deploy.zip");
    const { id } = (await (await call("metadata/deployRequest", { method: "POST", body: form })).json()) as { id: string };
    const poll = async (): Promise<string> =>
      ((await (await call(`metadata/deployRequest/${id}`)).json()) as { deployResult: { status: string } }).deployResult.status;
    let status = await poll();
    for (let turn = 0; turn < 5 && status !== "Succeeded"; turn += 1) status = await poll();
    expect(status).toBe("Succeeded");

    const names = async (): Promise<string> => (await call("sobjects/Individual/describe")).text();
    expect(await names()).not.toContain("Score__c");
    emulator.org.assignPermissionSet({ name: "Scores" });
    expect(await names()).toContain("Score__c");

    const opened = await call("jobs/ingest", asJson("POST", { object: "Individual", operation: "upsert", externalIdFieldName: "Score__c", contentType: "CSV", lineEnding: "LF" }));
    const job = idIn({ status: opened.status, headers: opened.headers, body: await opened.json() });
    await call(`jobs/ingest/${job}/batches`, { method: "PUT", body: "Score__c,LastName\n1,Doe\n2,\n", headers: { "Content-Type": "text/csv" } });
    await call(`jobs/ingest/${job}`, asJson("PATCH", { state: "UploadComplete" }));
    await call(`jobs/ingest/${job}`);
    expect(await (await call(`jobs/ingest/${job}`)).json()).toMatchObject({ state: "JobComplete", numberRecordsProcessed: 2, numberRecordsFailed: 1 });
    expect(emulator.org.rows("Individual")).toMatchObject([{ LastName: "Doe", Score__c: "1" }]);
    expect(await (await call(`jobs/ingest/${job}/failedResults`)).text()).toContain("REQUIRED_FIELD_MISSING");
  });

  it("breaks the socket where the connection is to be reset", async () => {
    const { emulator } = await openOrg();
    await using server = await listening(emulator.handle);
    emulator.faults.strike({ fault: { kind: "resetBeforeApply" } });
    await expect(fetch(`${server.url}/services/data/v62.0/limits`)).rejects.toThrow("fetch failed");
  });
});

async function listening(handle: (request: Request) => Promise<Response>): Promise<{ url: string } & AsyncDisposable> {
  const server = await listenOnLoopback({ handle });
  return { url: server.url, [Symbol.asyncDispose]: () => server.close() };
}
