import { afterEach, describe, expect, it, vi } from "vitest";
import { soql } from "../src/query/soql.ts";
import type { SalesforceConnectorOptions } from "../src/salesforce-connector-options.ts";
import type { SalesforceSession } from "../src/transport/salesforce-session.ts";
import {
  createTestClock,
  openSession,
  READ,
  rejection,
  startOrg,
  WRITE,
  type Script,
  type ScriptedOrg,
} from "./support/transport-org.ts";

const opened: { close(): Promise<void> }[] = [];

afterEach(async () => {
  vi.useRealTimers();
  for (const resource of opened.splice(0).toReversed()) await resource.close();
});

async function connect(request: {
  answer?: Script;
  token?: Script;
  options?: Partial<SalesforceConnectorOptions>;
  clock?: ReturnType<typeof createTestClock>;
}): Promise<{ org: ScriptedOrg; session: SalesforceSession }> {
  const org = await startOrg({ answer: request.answer, token: request.token });
  const session = openSession({ options: { loginUrl: org.url, ...request.options }, ...(request.clock === undefined ? {} : { clock: request.clock }) });
  opened.push(org, session);
  return { org, session };
}

function failing(status: number, body: unknown, headers: Record<string, string> = {}): Script {
  return () => ({ status, body, headers });
}

describe("a call", () => {
  it("goes below the version, with the session's token, and brings status, headers and body", async () => {
    const { org, session } = await connect({ answer: () => ({ body: { remaining: 7 }, headers: { "X-Org": "1" } }) });
    const answer = await session.call({ ...READ, query: { q: "a b&c" } });
    expect(answer).toMatchObject({ status: 200, body: { remaining: 7 }, headers: { "x-org": "1" } });
    expect(org.requests).toHaveLength(1);
    expect(org.requests[0]).toMatchObject({ method: "GET", url: "/services/data/v62.0/limits?q=a%20b%26c", headers: { authorization: "Bearer token-1" } });
  });

  it("reads packed answers", async () => {
    const { session } = await connect({ answer: () => ({ body: { packed: true }, gzip: true }) });
    expect((await session.call(READ)).body).toEqual({ packed: true });
  });

  it("reads an answer without a body as null where Salesforce sends none", async () => {
    const { session } = await connect({ answer: () => ({ status: 204 }) });
    expect((await session.call(WRITE)).body).toBeNull();
  });

  it("takes the refusals that its caller names as answers", async () => {
    const { session } = await connect({ answer: failing(404, [{ errorCode: "NOT_FOUND", message: "gone" }]) });
    expect(await session.call({ ...READ, accepts: [404] })).toMatchObject({ status: 404, body: [{ errorCode: "NOT_FOUND" }] });
  });

  it("signs in once for all calls that start together", async () => {
    const { org, session } = await connect({});
    await Promise.all(Array.from({ length: 12 }, () => session.call(READ)));
    expect(org.tokenRequests).toHaveLength(1);
    expect(org.requests).toHaveLength(12);
  });

  it("runs beside no more others than are allowed, and lets the urgent ones go ahead", async () => {
    const gate = Promise.withResolvers<void>();
    const two = Promise.withResolvers<void>();
    const order: string[] = [];
    const answer: Script = async ({ url }) => {
      if (order.push(url) === 2) two.resolve();
      await gate.promise;
      return { body: {} };
    };
    const { session } = await connect({ answer, options: { maxConcurrency: 2 } });
    const ordinary = Array.from({ length: 6 }, () => session.call(READ));
    await two.promise;
    const urgent = session.call({ ...READ, path: ["urgent"], isUrgent: true });
    expect(order).toHaveLength(2);
    gate.resolve();
    await Promise.all([...ordinary, urgent]);
    expect(order.findIndex((url) => url.endsWith("/urgent"))).toBe(2);
  });

  it("is made once where it fails, whatever the failure: trying again is core's", async () => {
    for (const status of [500, 502, 503, 504, 429]) {
      const { org, session } = await connect({ answer: failing(status, "") });
      await rejection(session.call(READ));
      expect(org.requests).toHaveLength(1);
    }
  });

  it("rejects with the signal's own reason, at once, while it waits for an answer or for its turn", async () => {
    const { session } = await connect({ answer: () => "hang", options: { maxConcurrency: 1 } });
    const controller = new AbortController();
    const reason = new Error("the caller changed its mind");
    const calls = [session.call({ ...WRITE, signal: controller.signal }), session.call({ ...WRITE, signal: controller.signal })].map(rejection);
    setImmediate(() => controller.abort(reason));
    expect(await Promise.all(calls)).toEqual([reason, reason]);
    expect(await rejection(session.call({ ...READ, signal: controller.signal }))).toBe(reason);
  });

  it("rejects after the session was closed, and sends nothing", async () => {
    const { org, session } = await connect({});
    await session.close();
    await session.close();
    expect(await rejection(session.call(READ))).toMatchObject({ code: "invalidInput" });
    expect(org.tokenRequests).toHaveLength(0);
  });

  it("that is under way when the session closes ends, and a write's outcome is then unknown", async () => {
    const arrival = Promise.withResolvers<void>();
    const answer: Script = () => {
      arrival.resolve();
      return "hang";
    };
    const { session } = await connect({ answer });
    const write = rejection(session.call(WRITE));
    await arrival.promise;
    await session.close();
    expect(await write).toMatchObject({ code: "outcomeUnknown" });
  });
});

describe("a failure", () => {
  const cases: [string, number, unknown, Record<string, unknown>][] = [
    ["no permission", 403, [{ errorCode: "INSUFFICIENT_ACCESS", message: "no" }], { code: "forbidden" }],
    ["an unknown resource", 404, [{ errorCode: "NOT_FOUND", message: "no" }], { code: "invalidConfiguration" }],
    ["several records of one key", 300, ["/services/data/v62.0/sobjects/Contact/1"], { code: "conflict", providerCode: "MULTIPLE_CHOICES" }],
    ["a retired version", 410, [{ errorCode: "UNSUPPORTED_API_VERSION", message: "old" }], { code: "versionMismatch" }],
    ["a hidden field", 400, [{ errorCode: "INVALID_FIELD", message: "No such column 'DoNotCall' on sobject of type Contact" }], { code: "invalidConfiguration", fieldNames: ["DoNotCall"] }],
    ["a malformed request", 400, [{ errorCode: "JSON_PARSER_ERROR", message: "x" }], { code: "rejectedByProvider", providerCode: "JSON_PARSER_ERROR" }],
    ["an org that is down", 503, [{ errorCode: "SERVER_UNAVAILABLE", message: "x" }], { code: "unavailable" }],
    ["an error page", 503, "<html>maintenance</html>", { code: "unavailable", httpStatus: 503 }],
    ["a host that the edge does not know", 420, "", { code: "unavailable" }],
    ["too many calls", 429, "", { code: "rateLimited" }],
  ];
  it.each(cases)("tells %s by its code", async (_name, status, body, expected) => {
    const { session } = await connect({ answer: failing(status, body) });
    expect(await rejection(session.call(WRITE))).toMatchObject(expected);
  });

  it.each([
    [502, ""],
    [504, "<html></html>"],
    [500, ""],
    [500, [{ errorCode: "UNKNOWN_EXCEPTION", message: "x" }]],
    [400, [{ errorCode: "REQUEST_RUNNING_TOO_LONG", message: "x" }]],
  ])("of a write with %i leaves its outcome unknown where it may have been applied", async (status, body) => {
    const { session } = await connect({ answer: failing(status, body) });
    expect(await rejection(session.call(WRITE))).toMatchObject({ code: "outcomeUnknown", retry: { kind: "sameWriteOnly" } });
    expect((await rejection(session.call(READ)))["code"]).toMatch(/^(?:unavailable|timedOut)$/);
  });

  it("names the instant that the system named, in seconds or as a date", async () => {
    const clock = createTestClock();
    const date = new Date(clock.now() + 90_000).toUTCString();
    for (const value of ["90", date]) {
      const { session } = await connect({ answer: failing(503, "", { "Retry-After": value }), clock });
      expect(await rejection(session.call(READ))).toMatchObject({ retry: { kind: "afterDelay", notBefore: clock.now() + 90_000 } });
    }
  });

  it("of a success that is an error page is malformed, and unknown for a write", async () => {
    for (const answer of ["json", "text"] as const) {
      const script: Script = () => ({ status: 200, body: "<html>sign in</html>", headers: { "content-type": "text/html;charset=utf-8" } });
      const { session } = await connect({ answer: script });
      expect(await rejection(session.call({ ...READ, answer }))).toMatchObject({ code: "malformedResponse" });
      expect(await rejection(session.call({ ...WRITE, answer }))).toMatchObject({ code: "outcomeUnknown" });
    }
  });

  it("of a connection that breaks leaves a write unknown and a read unavailable", async () => {
    const { session } = await connect({ answer: () => "reset" });
    expect(await rejection(session.call(WRITE))).toMatchObject({ code: "outcomeUnknown" });
    expect(await rejection(session.call(READ))).toMatchObject({ code: "unavailable" });
  });

  it("of a connection that was refused leaves nothing unknown", async () => {
    const { org, session } = await connect({ options: { auth: { kind: "accessToken", instanceUrl: "http://127.0.0.1:1", accessToken: "token" } } });
    expect(await rejection(session.call(WRITE))).toMatchObject({ code: "unavailable", providerCode: "ECONNREFUSED" });
    expect(org.requests).toHaveLength(0);
  });

  it("of an answer that does not come in time is timedOut, and unknown for a write", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const hang = (): "hang" => {
      // The time is over when the org has the call, and not before: on a busy machine, sending it takes long.
      vi.advanceTimersByTime(30_000);
      return "hang";
    };
    const { session } = await connect({ answer: hang, options: { timeoutInMs: 30_000 } });
    expect(await rejection(session.call(READ))).toMatchObject({ code: "timedOut" });
    expect(await rejection(session.call(WRITE))).toMatchObject({ code: "outcomeUnknown" });
  });

  it("carries nothing that Salesforce quotes", async () => {
    const quoted = "ines.moreau@example.com";
    const body = [{ errorCode: "INVALID_EMAIL_ADDRESS", message: `invalid email: ${quoted}`, fields: ["Email", quoted] }];
    const { session } = await connect({ answer: failing(400, body) });
    const error = await rejection(session.call(WRITE));
    expect(JSON.stringify(error) + String(error["message"]) + String(error["stack"])).not.toContain(quoted);
    expect(error).toMatchObject({ code: "rejectedByProvider", providerCode: "INVALID_EMAIL_ADDRESS", fieldNames: ["Email"] });
  });
});

describe("the day's calls", () => {
  const limited: (used: number) => Script = (used) => () => ({ body: {}, headers: { "Sforce-Limit-Info": `api-usage=${used}/1000; per-app-api-usage=1/250(appName=x)` } });

  it("are told as the org last said", async () => {
    const { session } = await connect({ answer: limited(18) });
    expect(session.usage()).toBeNull();
    await session.call(READ);
    expect(session.usage()).toEqual({ used: 18, limit: 1000 });
  });

  it("keep their reserve for what is urgent, without asking the org", async () => {
    const clock = createTestClock();
    const { org, session } = await connect({ answer: limited(950), clock });
    await session.call(READ);
    expect(await rejection(session.call(READ))).toMatchObject({
      code: "rateLimited",
      providerCode: "DAILY_RESERVE",
      retry: { kind: "afterDelay", notBefore: clock.now() + 15 * 60_000 },
    });
    await session.call({ ...READ, isUrgent: true });
    expect(org.requests).toHaveLength(2);
    clock.advance(15 * 60_000);
    await session.call(READ);
    expect(org.requests).toHaveLength(3);
  });

  it("that are used up are not asked for again for a while, and by what is urgent once a minute", async () => {
    const clock = createTestClock();
    const { org, session } = await connect({ answer: failing(403, [{ errorCode: "REQUEST_LIMIT_EXCEEDED", message: "TotalRequests Limit exceeded." }]), clock });
    expect(await rejection(session.call(READ))).toMatchObject({ code: "rateLimited", httpStatus: 403 });
    await rejection(session.call(READ));
    await rejection(session.call({ ...READ, isUrgent: true }));
    expect(org.requests).toHaveLength(1);
    clock.advance(60_000);
    await rejection(session.call({ ...READ, isUrgent: true }));
    await rejection(session.call({ ...READ, isUrgent: true }));
    expect(org.requests).toHaveLength(2);
  });

  it("that are used up are not there again because the org fails in another way meanwhile", async () => {
    const clock = createTestClock();
    const answers = [failing(403, [{ errorCode: "REQUEST_LIMIT_EXCEEDED", message: "TotalRequests Limit exceeded." }]), failing(503, "down")];
    const { org, session } = await connect({ answer: (request) => (answers.shift() ?? limited(1))(request), clock });
    await rejection(session.call(READ));
    clock.advance(60_000);
    expect(await rejection(session.call({ ...READ, isUrgent: true }))).toMatchObject({ code: "unavailable" });
    expect(await rejection(session.call(READ))).toMatchObject({ code: "rateLimited", providerCode: "REQUEST_LIMIT_EXCEEDED" });
    expect(org.requests).toHaveLength(2);
  });

  it("are not over because long calls crowd each other out", async () => {
    let isCrowded = true;
    const { session } = await connect({
      answer: () => (isCrowded ? { status: 403, body: [{ errorCode: "REQUEST_LIMIT_EXCEEDED", message: "ConcurrentRequests (Concurrent API Requests) Limit exceeded." }] } : { body: {} }),
    });
    expect(await rejection(session.call(READ))).toMatchObject({ code: "rateLimited", retry: { kind: "afterDelay" } });
    isCrowded = false;
    expect((await session.call(READ)).status).toBe(200);
  });
});

describe("a query", () => {
  const page = (records: readonly object[], next?: string): Script => () => ({
    body: { totalSize: 3, done: next === undefined, records, ...(next === undefined ? {} : { nextRecordsUrl: next }) },
  });

  it("brings every row of every page", async () => {
    const { org, session } = await connect({
      answer: (received) =>
        received.url.includes("01gxx-2000") ? page([{ Id: "3" }])(received) : page([{ Id: "1" }, { Id: "2" }], "/services/data/v62.0/query/01gxx-2000")(received),
    });
    const rows = await Array.fromAsync(session.query({ soql: soql`SELECT Id FROM Contact`, operation: "profiles.find" }));
    expect(rows).toEqual([{ Id: "1" }, { Id: "2" }, { Id: "3" }]);
    expect(org.requests.map(({ url }) => url)).toEqual(["/services/data/v62.0/query?q=SELECT%20Id%20FROM%20Contact", "/services/data/v62.0/query/01gxx-2000"]);
  });

  it("that quotes a person keeps out of addresses", async () => {
    const { org, session } = await connect({
      answer: () => ({ body: { compositeResponse: [{ httpStatusCode: 200, referenceId: "rows", body: { totalSize: 1, done: true, records: [{ Id: "1" }] } }] } }),
    });
    const query = soql`SELECT Id FROM Contact WHERE Email = ${"ines.moreau@example.com"}`;
    expect(await Array.fromAsync(session.query({ soql: query, operation: "profiles.find" }))).toEqual([{ Id: "1" }]);
    expect(org.requests[0]).toMatchObject({ method: "POST", url: "/services/data/v62.0/composite" });
    expect(org.requests[0]?.url).not.toContain("ines");
  });

  it("that the org refuses inside a composite answer rejects as one that it refuses outright", async () => {
    const refused = { httpStatusCode: 400, referenceId: "rows", body: [{ errorCode: "INVALID_FIELD", message: "No such column 'Ref__c' on entity 'Contact'" }] };
    const { session } = await connect({ answer: () => ({ body: { compositeResponse: [refused] } }) });
    const rows = Array.fromAsync(session.query({ soql: soql`SELECT Id FROM Contact WHERE Email = ${"a"}`, operation: "profiles.find" }));
    expect(await rejection(rows)).toMatchObject({ code: "invalidConfiguration", fieldNames: ["Ref__c"] });
  });

  it.each([{ done: true }, { records: [], done: false }, { records: [], done: false, nextRecordsUrl: "https://elsewhere.example/services/data/v62.0/query/1" }, { records: [null], done: true }])(
    "never takes what is no page for an empty one",
    async (body) => {
      const { session } = await connect({ answer: () => ({ body }) });
      const rows = Array.fromAsync(session.query({ soql: soql`SELECT Id FROM Contact`, operation: "profiles.find" }));
      expect(await rejection(rows)).toMatchObject({ code: "malformedResponse" });
    },
  );
});
