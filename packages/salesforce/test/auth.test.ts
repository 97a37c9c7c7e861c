import { generateKeyPairSync } from "node:crypto";
import { decodeJwt, importSPKI, jwtVerify } from "jose";
import { http, HttpResponse } from "msw";
import { afterEach, describe, expect, it, vi } from "vitest";
import { testNetwork } from "../../../tools/test-support/test-network.ts";
import type { SalesforceAuth } from "../src/salesforce-auth.ts";
import type { SalesforceConnectorOptions } from "../src/salesforce-connector-options.ts";
import type { SalesforceSession } from "../src/transport/salesforce-session.ts";
import { makeCertificate } from "../../../tools/test-support/make-certificate.ts";
import { createTestClock, openSession, READ, rejection, startOrg, WRITE, type Script, type ScriptedOrg } from "./support/transport-org.ts";
import { startProxy } from "../../../tools/test-support/start-proxy.ts";

const EXPIRED = { status: 401, body: [{ errorCode: "INVALID_SESSION_ID", message: "expired" }] } as const;
const opened: { close(): Promise<void> }[] = [];

afterEach(async () => {
  vi.unstubAllEnvs();
  for (const resource of opened.splice(0).toReversed()) await resource.close();
});

async function start(request: Parameters<typeof startOrg>[0] = {}): Promise<ScriptedOrg> {
  const org = await startOrg(request);
  opened.push(org);
  return org;
}

function open(options: Partial<SalesforceConnectorOptions>, clock = createTestClock()): SalesforceSession {
  const session = openSession({ options, clock });
  opened.push(session);
  return session;
}

describe("signing in", () => {
  it("by client credentials sends them in a body, to the login address", async () => {
    const org = await start();
    await open({ loginUrl: `${org.url}/` }).call(READ);
    expect(Object.fromEntries(new URLSearchParams(org.tokenRequests[0]?.body))).toEqual({
      grant_type: "client_credentials",
      client_id: "client",
      client_secret: "secret",
    });
  });

  it("by a JWT signs one that lives three minutes by the brand's clock", async () => {
    const { privateKey, publicKey } = generateKeyPairSync("rsa", {
      modulusLength: 2048,
      publicKeyEncoding: { format: "pem", type: "spki" },
      privateKeyEncoding: { format: "pem", type: "pkcs8" },
    });
    const org = await start();
    const clock = createTestClock();
    const auth: SalesforceAuth = { kind: "jwtBearer", clientId: "client", username: "volenti@example.com", privateKey };
    await open({ loginUrl: org.url, auth }, clock).call(READ);
    const form = new URLSearchParams(org.tokenRequests[0]?.body);
    expect(form.get("grant_type")).toBe("urn:ietf:params:oauth:grant-type:jwt-bearer");
    const { payload, protectedHeader } = await jwtVerify(form.get("assertion") ?? "", await importSPKI(publicKey, "RS256"), {
      currentDate: new Date(clock.now()),
    });
    expect(protectedHeader.alg).toBe("RS256");
    expect(payload).toMatchObject({ iss: "client", sub: "volenti@example.com", aud: org.url, exp: clock.now() / 1000 + 180 });
  });

  it("by a JWT whose key is none is a wrong setting, and nothing is sent", async () => {
    const org = await start();
    const auth: SalesforceAuth = { kind: "jwtBearer", clientId: "client", username: "volenti@example.com", privateKey: "no key" };
    expect(await rejection(open({ loginUrl: org.url, auth }).call(READ))).toMatchObject({ code: "invalidConfiguration", fieldNames: ["auth.privateKey"] });
    expect(org.tokenRequests).toHaveLength(0);
  });

  it("by a refresh token goes on with the one that the app gave in its place", async () => {
    let tokens = 0;
    let address = "";
    const token: Script = () => ({ body: { access_token: `token-${++tokens}`, refresh_token: `refresh-${tokens}`, instance_url: address } });
    const answer: Script = ({ headers }) => (headers.authorization === "Bearer token-1" ? EXPIRED : { body: {} });
    const org = await start({ token, answer });
    address = org.url;
    const auth: SalesforceAuth = { kind: "refreshToken", clientId: "client", refreshToken: "refresh-0" };
    await open({ loginUrl: org.url, auth }).call(READ);
    const sent = org.tokenRequests.map(({ body }) => Object.fromEntries(new URLSearchParams(body)));
    expect(sent).toEqual(["refresh-0", "refresh-1"].map((refreshToken) => ({ grant_type: "refresh_token", client_id: "client", refresh_token: refreshToken })));
  });

  it("with a token of the brand's own goes straight to the instance", async () => {
    const org = await start();
    await open({ auth: { kind: "accessToken", instanceUrl: org.url, accessToken: "own" } }).call(READ);
    expect(org.tokenRequests).toHaveLength(0);
    expect(org.requests[0]?.headers.authorization).toBe("Bearer own");
  });

  it("with a connection of the brand's own reads it anew at each call, and changes nothing in it", async () => {
    const org = await start();
    const connection = { instanceUrl: org.url, accessToken: "first", version: "64.0" };
    const session = open({ auth: { kind: "connection", connection } });
    await session.call(READ);
    connection.accessToken = "second";
    Object.freeze(connection);
    await session.call(READ);
    expect(org.requests.map(({ headers, url }) => [headers.authorization, url])).toEqual([
      ["Bearer first", "/services/data/v64.0/limits"],
      ["Bearer second", "/services/data/v64.0/limits"],
    ]);
  });

  it("with a connection that its owner renewed in the meantime sends the call once more", async () => {
    const connection = { instanceUrl: "", accessToken: "old" };
    const answer: Script = ({ headers }) => {
      if (headers.authorization === "Bearer new") return { body: { ok: true } };
      connection.accessToken = "new";
      return EXPIRED;
    };
    const org = await start({ answer });
    connection.instanceUrl = org.url;
    expect((await open({ auth: { kind: "connection", connection } }).call(WRITE)).body).toEqual({ ok: true });
  });

  it("again after an expiry is shared by all calls that met it", async () => {
    const answer: Script = ({ headers }) => (headers.authorization === "Bearer token-1" ? EXPIRED : { body: {} });
    const org = await start({ answer });
    const session = open({ loginUrl: org.url, maxConcurrency: 10 });
    await Promise.all(Array.from({ length: 10 }, () => session.call(READ)));
    expect(org.tokenRequests).toHaveLength(2);
  });

  it("goes on for the others where one of those who wait for it gives up", async () => {
    const gate = Promise.withResolvers<void>();
    let address = "";
    const token: Script = async () => {
      await gate.promise;
      return { body: { access_token: "token", instance_url: address } };
    };
    const org = await start({ token });
    address = org.url;
    const session = open({ loginUrl: org.url });
    const controller = new AbortController();
    const leaving = rejection(session.call({ ...READ, signal: controller.signal }));
    const staying = session.call(READ);
    controller.abort(new Error("no time"));
    expect((await leaving)["message"]).toBe("no time");
    gate.resolve();
    expect((await staying).status).toBe(200);
    expect(org.tokenRequests).toHaveLength(1);
  });

  it.each([null, "", "two\nlines"])("with a connection that has no token to show (%j) sends nothing", async (accessToken) => {
    const org = await start();
    const error = await rejection(open({ auth: { kind: "connection", connection: { instanceUrl: org.url, accessToken } } }).call(READ));
    expect(error).toMatchObject({ code: "unauthenticated" });
    expect(org.requests).toHaveLength(0);
  });

  it("that failed is tried again by the next call", async () => {
    let tries = 0;
    let address = "";
    const token: Script = () => (++tries === 1 ? { status: 503 } : { body: { access_token: "token", instance_url: address } });
    const org = await start({ token });
    address = org.url;
    const session = open({ loginUrl: org.url });
    expect(await rejection(session.call(WRITE))).toMatchObject({ code: "unavailable" });
    expect((await session.call(WRITE)).status).toBe(200);
  });

  const refusals: [number, unknown, Record<string, unknown>][] = [
    [400, { error: "invalid_client", error_description: "invalid client credentials" }, { code: "invalidConfiguration", providerCode: "invalid_client" }],
    [401, { error: "invalid_client_id" }, { code: "invalidConfiguration" }],
    [400, { error: "invalid_grant", error_description: "user hasn't approved this consumer" }, { code: "unauthenticated", providerCode: "invalid_grant" }],
    [400, { error: "invalid_grant", error_description: "token request is already being processed" }, { code: "unavailable" }],
    [400, { error: "invalid_grant", error_description: "login rate exceeded" }, { code: "rateLimited" }],
    [429, "", { code: "rateLimited" }],
    [503, { unexpected: true }, { code: "unavailable" }],
    [404, "<html>no such org</html>", { code: "invalidConfiguration" }],
    [302, "", { code: "invalidConfiguration" }],
    [200, "<html>maintenance</html>", { code: "malformedResponse" }],
    [200, { access_token: "a\nb", instance_url: "http://127.0.0.1" }, { code: "malformedResponse" }],
  ];
  it.each(refusals)("that is answered %i %j is told by its code", async (status, body, expected) => {
    const org = await start({ token: () => ({ status, body }) });
    const error = await rejection(open({ loginUrl: org.url }).call(WRITE));
    expect(error).toMatchObject(expected);
    expect(org.requests).toHaveLength(0);
  });

  it("that does not come to an end in time leaves a write unsent", async () => {
    const org = await start({ token: () => "hang" });
    expect(await rejection(open({ loginUrl: org.url, timeoutInMs: 50 }).call(WRITE))).toMatchObject({ code: "timedOut" });
  });
});

describe("hosts", () => {
  const given = (instanceUrl: string): Partial<SalesforceConnectorOptions> => ({ auth: { kind: "accessToken", instanceUrl, accessToken: "token" } });

  it.each([
    "https://evil.example/.salesforce.com",
    "https://brand.my.salesforce.com.evil.example",
    "https://brand.my.salesforce.com@evil.example",
    "https://evil-salesforce.com",
    "https://brand.my.salesforce.com:8443",
    "https://brand.my.salesforce.com./",
    "https://user:secret@brand.my.salesforce.com",
    "https://brand.my.salesforce.com/path",
    "https://brand.lightning.force.com",
    "http://brand.my.salesforce.com",
    "http://intranet.example",
    "ftp://127.0.0.1",
  ])("outside Salesforce's own get nothing: %s", async (instanceUrl) => {
    expect(await rejection(open(given(instanceUrl)).call(READ))).toMatchObject({ code: "invalidConfiguration", fieldNames: ["auth.instanceUrl"] });
  });

  it("of a login address get no secret unless they are allowed", async () => {
    expect(await rejection(open({ loginUrl: "https://login.evil.example" }).call(READ))).toMatchObject({ code: "invalidConfiguration", fieldNames: ["loginUrl"] });
  });

  it("on this machine speak plain HTTP only where it is allowed", async () => {
    const org = await start();
    expect(await rejection(open({ ...given(org.url), allowInsecureHttp: false }).call(READ))).toMatchObject({ providerCode: "insecureHttp" });
    expect(org.requests).toHaveLength(0);
  });

  it("that a token answer names are checked like all others", async () => {
    for (const address of ["https://evil.example", "https://brand.my.salesforce.com"]) {
      const org = await start({ token: () => ({ body: { access_token: "token", instance_url: address } }) });
      expect(await rejection(open({ loginUrl: org.url }).call(READ))).toMatchObject({ code: "invalidConfiguration", fieldNames: ["instance_url"] });
    }
  });

  it("of the brand's own are taken where they are listed", async () => {
    const org = await start();
    const address = org.url.replace("127.0.0.1", "localhost");
    const { port } = new URL(org.url);
    expect((await open({ ...given(address), privateHosts: [`localhost:${port}`] }).call(READ)).status).toBe(200);
  });
});

describe("Salesforce's own hosts", () => {
  const { privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { format: "pem", type: "spki" },
    privateKeyEncoding: { format: "pem", type: "pkcs8" },
  });

  it.each([
    ["https://brand.my.salesforce.com", "https://brand.my.salesforce.com", "https://login.salesforce.com"],
    ["https://login.salesforce.com", "https://brand.my.salesforce.com", "https://login.salesforce.com"],
    ["https://brand-dev-ed.develop.my.salesforce.com", "https://brand-dev-ed.develop.my.salesforce.com", "https://login.salesforce.com"],
    ["https://brand--uat.sandbox.my.salesforce.com", "https://brand--uat.sandbox.my.salesforce.com", "https://test.salesforce.com"],
    ["https://test.salesforce.com", "https://cs42.salesforce.com", "https://test.salesforce.com"],
    ["https://ruby-fox-1.scratch.my.salesforce.com", "https://ruby-fox-1.scratch.my.salesforce.com", "https://test.salesforce.com"],
    ["https://brand.my.salesforce.mil", "https://brand.my.salesforce.mil", "https://brand.my.salesforce.mil"],
    ["https://brand.my.sfcrmproducts.cn", "https://brand.my.sfcrmproducts.cn", "https://brand.my.sfcrmproducts.cn"],
  ])("are called: signing in at %s leads to %s, for the audience %s", async (loginUrl, instance, audience) => {
    let assertion = "";
    testNetwork.use(
      http.post(`${loginUrl}/services/oauth2/token`, async ({ request }) => {
        assertion = new URLSearchParams(await request.text()).get("assertion") ?? "";
        return HttpResponse.json({ access_token: "token", instance_url: instance });
      }),
      http.get(`${instance}/services/data/v62.0/limits`, () => HttpResponse.json({ reached: true })),
    );
    const auth: SalesforceAuth = { kind: "jwtBearer", clientId: "client", username: "volenti@example.com", privateKey };
    expect((await open({ loginUrl, auth }).call(READ)).body).toEqual({ reached: true });
    expect(decodeJwt(assertion).aud).toBe(audience);
  });

  it("that name this machine as the instance are not believed", async () => {
    const org = await start();
    testNetwork.use(http.post("https://brand.my.salesforce.com/services/oauth2/token", () => HttpResponse.json({ access_token: "token", instance_url: org.url })));
    expect(await rejection(open({ loginUrl: "https://brand.my.salesforce.com" }).call(READ))).toMatchObject({ code: "invalidConfiguration", fieldNames: ["instance_url"] });
    expect(org.requests).toHaveLength(0);
  });
});

describe("connections", () => {
  it("trust the brand's own authority beside the usual ones, and nobody else", async () => {
    const tls = makeCertificate();
    const org = await start({ tls });
    const auth: SalesforceAuth = { kind: "accessToken", instanceUrl: org.url, accessToken: "token" };
    expect((await open({ auth, tls: { ca: tls.cert } }).call(READ)).status).toBe(200);
    expect(await rejection(open({ auth }).call(WRITE))).toMatchObject({ code: "invalidConfiguration" });
    expect(org.requests).toHaveLength(1);
  });

  it("with a certificate that cannot be read are a wrong setting", async () => {
    const auth: SalesforceAuth = { kind: "accessToken", instanceUrl: "https://127.0.0.1:1", accessToken: "token" };
    expect(await rejection(open({ auth, tls: { cert: "none", key: "none" } }).call(READ))).toMatchObject({ code: "invalidConfiguration", fieldNames: ["tls"] });
  });

  it("through a proxy show it no more than host and port, and are kept", async () => {
    const tls = makeCertificate();
    const org = await start({ tls });
    const proxy = await startProxy();
    opened.push(proxy);
    const session = open({ auth: { kind: "accessToken", instanceUrl: org.url, accessToken: "token" }, tls: { ca: tls.cert }, proxy: proxy.url });
    for (const call of [READ, WRITE, READ]) expect((await session.call(call)).status).toBe(200);
    expect(proxy.seen).toEqual([`CONNECT ${new URL(org.url).host}`]);
    expect(org.requests.every(({ headers }) => headers["proxy-authorization"] === undefined)).toBe(true);
  });

  it("through a proxy that refuses fail, and leave nothing unknown", async () => {
    const tls = makeCertificate();
    const org = await start({ tls });
    const proxy = await startProxy();
    opened.push(proxy);
    const auth: SalesforceAuth = { kind: "accessToken", instanceUrl: org.url, accessToken: "token" };
    const session = open({ auth, tls: { ca: tls.cert }, proxy: proxy.url.replace("till", "stranger") });
    expect(await rejection(session.call(WRITE))).toMatchObject({ code: "invalidConfiguration", providerCode: "ERR_PROXY_407" });
    expect(org.requests).toHaveLength(0);
  });

  it("in plain HTTP go through the proxy too", async () => {
    const org = await start();
    const proxy = await startProxy();
    opened.push(proxy);
    await open({ loginUrl: org.url, proxy: proxy.url }).call(READ);
    expect(proxy.seen).toEqual([`${org.url}/services/oauth2/token`, `${org.url}/services/data/v62.0/limits`]);
  });

  it("take no proxy from the environment", async () => {
    const proxy = await startProxy();
    opened.push(proxy);
    for (const name of ["http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"]) vi.stubEnv(name, proxy.url);
    const org = await start();
    await open({ loginUrl: org.url }).call(READ);
    expect(proxy.seen).toEqual([]);
  });

  it("are kept from call to call", async () => {
    const ports = new Set<string>();
    const org = await start({ answer: ({ headers }) => ({ body: headers }) });
    const session = open({ loginUrl: org.url });
    for (let calls = 0; calls < 5; calls += 1) ports.add(String((await session.call(READ)).headers["connection"]));
    expect([...ports]).toEqual(["keep-alive"]);
  });
});
