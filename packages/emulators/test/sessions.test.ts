import { generateKeyPairSync, sign } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createSalesforceEmulator } from "@volenti/emulators";
import { NOW, openOrg, ORIGIN, requestToken } from "./open-org.ts";

const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });

function assertionOf(claims: Record<string, unknown>, key = privateKey): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const text = `${part({ alg: "RS256" })}.${part(claims)}`;
  return `${text}.${sign("RSA-SHA256", Buffer.from(text), key).toString("base64url")}`;
}

describe("tokens", () => {
  it("come with the address that was called and who the user is", async () => {
    const emulator = createSalesforceEmulator();
    const { clientId, clientSecret } = emulator.credentials;
    const answer = await requestToken({ emulator, form: { grant_type: "client_credentials", client_id: clientId, client_secret: clientSecret } });
    expect(answer).toMatchObject({ status: 200, body: { instance_url: ORIGIN, token_type: "Bearer", id: expect.stringContaining("/id/00D") } });
    expect(answer.body).not.toHaveProperty("refresh_token");
    expect(answer.body).not.toHaveProperty("expires_in");
    const token = (answer.body as { access_token: string }).access_token;
    const response = await emulator.handle(new Request(`${ORIGIN}/services/oauth2/userinfo`, { headers: { Authorization: `Bearer ${token}` } }));
    expect(await response.json()).toMatchObject({ organization_id: emulator.org.organizationId, user_id: emulator.org.userIds.integration });
    expect(emulator.calls.total()).toBe(0);
  });

  it("are refused to a wrong secret, to an unknown grant, and on a login host", async () => {
    const emulator = createSalesforceEmulator();
    const { clientId: client_id } = emulator.credentials;
    const grant_type = "client_credentials";
    expect(await requestToken({ emulator, form: { grant_type, client_id, client_secret: "x" } })).toMatchObject({ status: 400, body: { error: "invalid_client" } });
    expect(await requestToken({ emulator, form: { grant_type: "password" } })).toMatchObject({ body: { error: "unsupported_grant_type" } });
    const loginHost = createSalesforceEmulator({ isLoginHost: true });
    const form = { grant_type, client_id: loginHost.credentials.clientId, client_secret: loginHost.credentials.clientSecret };
    expect(await requestToken({ emulator: loginHost, form })).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
  });

  it("are given for an assertion that is signed, current, and of this client and user", async () => {
    const emulator = createSalesforceEmulator({ now: () => NOW, jwtPublicKey: publicKey });
    const { clientId, username } = emulator.credentials;
    const good = { iss: clientId, sub: username, aud: "https://login.salesforce.com", exp: NOW / 1000 + 120 };
    const grant = (assertion: string) => requestToken({ emulator, form: { grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer", assertion } });
    expect(await grant(assertionOf(good))).toMatchObject({ status: 200, body: { access_token: expect.any(String) } });
    const stranger = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
    for (const bad of [assertionOf(good, stranger), ...[{ exp: NOW / 1000 - 1 }, { exp: NOW / 1000 + 3600 }, { aud: "https://example.com" }, { sub: "x" }].map((claims) => assertionOf({ ...good, ...claims }))]) {
      expect(await grant(bad)).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
    }
  });

  it("are refreshed, with a new refresh token where they rotate", async () => {
    const emulator = createSalesforceEmulator({ rotatesRefreshTokens: true });
    const { clientId, refreshToken } = emulator.credentials;
    const refresh = (token: string) => requestToken({ emulator, form: { grant_type: "refresh_token", client_id: clientId, refresh_token: token } });
    const first = await refresh(refreshToken);
    expect(first).toMatchObject({ status: 200, body: { refresh_token: expect.any(String) } });
    expect(await refresh(refreshToken)).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
  });
});

describe("sessions", () => {
  it("end with their lifetime, when they are expired, and never come back while refused", async () => {
    let now = NOW;
    const { call, emulator } = await openOrg({ now: () => now });
    expect(await call({ path: "sobjects" })).toMatchObject({ status: 200 });
    now += 2 * 60 * 60 * 1000;
    expect(await call({ path: "sobjects" })).toMatchObject({ status: 401, body: [{ errorCode: "INVALID_SESSION_ID" }] });
    now = NOW;
    emulator.faults.expireSessions();
    expect(await call({ path: "sobjects" })).toMatchObject({ status: 401 });
  });
});

describe("budgets and heads", () => {
  it("show what is used, and refuse what is beyond the day", async () => {
    const { call } = await openOrg({ dailyLimit: 2 });
    expect((await call({ path: "sobjects" })).headers.get("Sforce-Limit-Info")).toBe("api-usage=1/2");
    expect((await call({ path: "limits" })).body).toMatchObject({ DailyApiRequests: { Max: 2, Remaining: 0 } });
    expect(await call({ path: "limits" })).toMatchObject({ status: 403, body: [{ errorCode: "REQUEST_LIMIT_EXCEEDED" }] });
  });

  it("refuse heads over 16,384 bytes, retired versions, unknown versions and unknown resources", async () => {
    const { call } = await openOrg();
    expect(await call({ path: `query?q=${"x".repeat(16_384)}` })).toMatchObject({ status: 414 });
    expect(await call({ path: "/services/data/v30.0/limits" })).toMatchObject({ status: 410, body: [{ errorCode: "UNSUPPORTED_API_VERSION" }] });
    expect(await call({ path: "/services/data/v99.0/limits" })).toMatchObject({ status: 404 });
    expect(await call({ path: "nope" })).toMatchObject({ status: 404, body: [{ errorCode: "NOT_FOUND" }] });
    expect(await call({ method: "POST", path: "sobjects/Individual", body: "{" })).toMatchObject({ status: 400, body: [{ errorCode: "JSON_PARSER_ERROR" }] });
    expect(await call({ method: "PUT", path: "sobjects/Individual", body: {} })).toMatchObject({ status: 405, body: [{ errorCode: "METHOD_NOT_ALLOWED" }] });
  });
});
