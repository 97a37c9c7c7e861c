import { afterEach, describe, expect, it } from "vitest";
import type { SalesforceConnectorOptions } from "../src/salesforce-connector-options.ts";
import type { SalesforceSession } from "../src/transport/salesforce-session.ts";
import { bulkScript, upsert, uploadedLines, type BulkScript } from "./support/transport-bulk.ts";
import { openSession, READ, rejection, startOrg, WRITE, type Script, type ScriptedOrg } from "./support/transport-org.ts";

const EXPIRED = { status: 401, body: [{ errorCode: "INVALID_SESSION_ID", message: "Session expired or invalid" }] } as const;
const opened: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const resource of opened.splice(0).toReversed()) await resource.close();
});

async function connect(request: {
  answer?: Script;
  token?: Script;
  options?: Partial<SalesforceConnectorOptions>;
}): Promise<{ org: ScriptedOrg; session: SalesforceSession }> {
  const org = await startOrg({ answer: request.answer, token: request.token });
  const session = openSession({ options: { loginUrl: org.url, ...request.options } });
  opened.push(org, session);
  return { org, session };
}

async function connectBulk(script: BulkScript): Promise<{ org: ScriptedOrg; session: SalesforceSession }> {
  return connect({ answer: bulkScript(script) });
}

// One test a row of the table of jsforce's defects, by its number there.
describe("jsforce's traps", () => {
  it("1: a key with marks of addresses reaches its own record, and one that would climb is refused", async () => {
    const { org, session } = await connect({});
    await session.call({ ...WRITE, path: ["sobjects", "Contact", "VolentiRef__c", "a/b?c#d%2e é"] });
    expect(org.requests[0]?.url).toBe("/services/data/v62.0/sobjects/Contact/VolentiRef__c/a%2Fb%3Fc%23d%252e%20%C3%A9");
    for (const key of ["..", ".", "", "\uD800"]) {
      expect(await rejection(session.call({ ...WRITE, path: ["sobjects", "Contact", "VolentiRef__c", key] }))).toMatchObject({ code: "invalidInput" });
    }
    expect(org.requests).toHaveLength(1);
  });

  it("2: a body is sent whole each time that its owner sends it", async () => {
    let calls = 0;
    const { org, session } = await connect({ answer: () => (++calls === 1 ? { status: 503 } : { body: { ok: true } }) });
    const call = { ...WRITE, method: "PUT", body: { name: "x".repeat(100_000) } } as const;
    expect(await rejection(session.call(call))).toMatchObject({ code: "unavailable" });
    await session.call(call);
    expect(org.requests.map(({ body }) => body.length)).toEqual([100_011, 100_011]);
  });

  it("3: an upload that failed is never told complete, and its rows are not written", async () => {
    const { org, session } = await connectBulk({ upload: { status: 503 } });
    const results = await upsert({ session, rows: [{ VolentiRef__c: "a" }] });
    expect(results).toMatchObject([{ key: "a", outcome: "notAttempted", error: { code: "unavailable" } }]);
    expect(org.requests.some(({ body }) => body.includes("UploadComplete"))).toBe(false);
  });

  it("4: no method is sent again on its own", async () => {
    for (const method of ["GET", "PUT", "DELETE", "PATCH", "POST"] as const) {
      const { org, session } = await connect({ answer: () => ({ status: 503 }) });
      await rejection(session.call({ ...WRITE, method }));
      expect(org.requests).toHaveLength(1);
    }
  });

  it("5: a read whose connection broke says that it may be made again, and can be", async () => {
    let calls = 0;
    const { session } = await connect({ answer: () => (++calls === 1 ? "reset" : { body: { ok: true } }) });
    expect(await rejection(session.call(READ))).toMatchObject({ code: "unavailable", retry: { kind: "afterDelay" } });
    expect((await session.call(READ)).body).toEqual({ ok: true });
  });

  it("6: a session that is refused again after its renewal is renewed once and no more", async () => {
    const { org, session } = await connect({ answer: () => EXPIRED });
    expect(await rejection(session.call(READ))).toMatchObject({ code: "unauthenticated", providerCode: "INVALID_SESSION_ID" });
    expect(org.requests).toHaveLength(2);
    expect(org.tokenRequests).toHaveLength(2);
  });

  it("7: a renewal that fails settles every call that waited for it", async () => {
    let isFirst = true;
    let address = "";
    const token: Script = () => {
      const body = isFirst ? { access_token: "token-1", instance_url: address } : { error: "invalid_client" };
      const status = isFirst ? 200 : 400;
      isFirst = false;
      return { status, body };
    };
    const { org, session } = await connect({ answer: () => EXPIRED, token, options: { maxConcurrency: 8 } });
    address = org.url;
    const errors = await Promise.all(Array.from({ length: 8 }, () => rejection(session.call(READ))));
    for (const error of errors) expect(error).toMatchObject({ code: "invalidConfiguration", providerCode: "invalid_client" });
  });

  it("8: after a renewal the call goes to the instance that the renewal named", async () => {
    const moved = await startOrg({ answer: () => ({ body: { moved: true } }) });
    opened.push(moved);
    let address = "";
    let tokens = 0;
    const token: Script = () => ({ body: { access_token: `token-${++tokens}`, instance_url: tokens === 1 ? address : moved.url } });
    const { org, session } = await connect({ answer: () => EXPIRED, token });
    address = org.url;
    expect((await session.call(WRITE)).body).toEqual({ moved: true });
    expect(org.requests).toHaveLength(1);
    expect(moved.requests).toMatchObject([{ method: "PATCH", headers: { authorization: "Bearer token-2" }, body: '{"records":[]}' }]);
  });

  it("9: where nothing can renew the session, the org's own code is told", async () => {
    const org = await startOrg({ answer: () => EXPIRED });
    const session = openSession({ options: { auth: { kind: "accessToken", instanceUrl: org.url, accessToken: "old" } } });
    opened.push(org, session);
    expect(await rejection(session.call(READ))).toMatchObject({ code: "unauthenticated", providerCode: "INVALID_SESSION_ID", httpStatus: 401 });
    expect(org.requests).toHaveLength(1);
  });

  it("10: a token whose answer does not say who the user is does", async () => {
    let address = "";
    const { org, session } = await connect({ token: () => ({ body: { access_token: "token", instance_url: address } }) });
    address = org.url;
    expect((await session.call(READ)).status).toBe(200);
  });

  it.each([301, 302, 303, 307, 308])("11: a redirect (%i) to another host is an error, and nothing goes there", async (status) => {
    const elsewhere = await startOrg({});
    opened.push(elsewhere);
    const { org, session } = await connect({ answer: () => ({ status, headers: { location: `${elsewhere.url}/services/data/v62.0/limits` } }) });
    for (const call of [READ, WRITE]) {
      expect(await rejection(session.call(call))).toMatchObject({ code: "invalidConfiguration", providerCode: "REDIRECT", httpStatus: status });
    }
    expect(org.requests).toHaveLength(2);
    expect(elsewhere.requests).toHaveLength(0);
  });

  it("12: neither token nor secret is ever part of an address", async () => {
    const { org, session } = await connect({});
    await session.call(READ);
    await session.call(WRITE);
    const addresses = [...org.requests, ...org.tokenRequests].map(({ url }) => url).join(" ");
    expect(addresses).not.toMatch(/token-|secret|client/);
  });

  it("13: a column that only a later row has is uploaded", async () => {
    const { org, session } = await connectBulk({});
    await upsert({ session, rows: [{ VolentiRef__c: "a" }, { VolentiRef__c: "b", Email: "b@example.com" }] });
    expect(uploadedLines(org.requests)).toEqual(["VolentiRef__c,Email", "a,", "b,b@example.com"]);
  });

  it("14: no column is uploaded that no row has", async () => {
    const { org, session } = await connectBulk({});
    await upsert({ session, rows: [{ VolentiRef__c: "a" }] });
    expect(uploadedLines(org.requests)).toEqual(["VolentiRef__c", "a"]);
  });

  it("15: null and the empty text clear, absence leaves, and a parent is one dotted column", async () => {
    const { org, session } = await connectBulk({});
    await upsert({
      session,
      rows: [
        { VolentiRef__c: "a", FirstName: null, LastName: "", Count__c: 7, Flag__c: false, Individual: { VolentiRef__c: "p" } },
        { VolentiRef__c: "b" },
      ],
    });
    expect(uploadedLines(org.requests)).toEqual([
      "VolentiRef__c,FirstName,LastName,Count__c,Flag__c,Individual.VolentiRef__c",
      "a,#N/A,#N/A,7,false,p",
      "b,,,,,",
    ]);
  });

  it("16: results are read with the comma alone, whatever else their values hold", async () => {
    const { session } = await connectBulk({
      successful: 'sf__Id,sf__Created,VolentiRef__c,Description\n003,true,a,one; two | three ^ four`\tfive\n004,false,b,"six, ""seven""\neight"\n',
    });
    const results = await upsert({ session, rows: [{ VolentiRef__c: "a" }, { VolentiRef__c: "b" }] });
    expect(results.map(({ key, outcome }) => [key, outcome])).toEqual([["a", "created"], ["b", "updated"]]);
  });

  it("17: the results of a failed job are read, and no job is deleted", async () => {
    const { org, session } = await connectBulk({
      states: ["InProgress", "Failed"],
      successful: "sf__Id,sf__Created,VolentiRef__c\n003,true,a\n",
      unprocessed: "VolentiRef__c\nb\n",
    });
    const results = await upsert({ session, rows: [{ VolentiRef__c: "a" }, { VolentiRef__c: "b" }, { VolentiRef__c: "c" }] });
    expect(results.map(({ key, outcome }) => [key, outcome])).toEqual([["a", "created"], ["b", "notAttempted"], ["c", "unknown"]]);
    expect(org.requests.map(({ method }) => method)).not.toContain("DELETE");
  });

  it("18: no rows make no job", async () => {
    const { org, session } = await connectBulk({});
    expect(await upsert({ session, rows: [] })).toEqual([]);
    expect(org.requests).toHaveLength(0);
  });

  it("19: a row without a key fails alone", async () => {
    const { org, session } = await connectBulk({ successful: "sf__Id,sf__Created,VolentiRef__c\n003,true,a\n" });
    const results = await upsert({ session, rows: [{ VolentiRef__c: "" }, { VolentiRef__c: 0 }, { VolentiRef__c: "a" }, { Email: "x@example.com" }] });
    expect(results.map(({ outcome }) => outcome).toSorted()).toEqual(["created", "failed", "failed", "failed"]);
    expect(uploadedLines(org.requests)).toEqual(["VolentiRef__c", "a"]);
  });

  it("20: a job that could not be begun takes nothing from the results of those before it", async () => {
    let jobs = 0;
    const { session } = await connect({
      answer: (received) => {
        const isNew = received.method === "POST" && received.url.endsWith("/jobs/ingest");
        if (isNew && ++jobs > 1) return { status: 503 };
        return bulkScript({ successful: "sf__Id,sf__Created,VolentiRef__c\n003,true,a\n" })(received);
      },
    });
    const results = await upsert({ session, rows: [{ VolentiRef__c: "a" }, { VolentiRef__c: "A" }, { VolentiRef__c: "b" }] });
    expect(results.map(({ key, outcome }) => [key, outcome])).toEqual([["a", "created"], ["A", "notAttempted"], ["b", "notAttempted"]]);
  });

  it("21: an upload says how long it is", async () => {
    const { org, session } = await connectBulk({});
    await upsert({ session, rows: [{ VolentiRef__c: "é" }] });
    const put = org.requests.find(({ method }) => method === "PUT");
    expect(put?.headers["content-length"]).toBe(String(Buffer.byteLength("VolentiRef__c\né\n")));
    expect(put?.headers["transfer-encoding"]).toBeUndefined();
  });
});
