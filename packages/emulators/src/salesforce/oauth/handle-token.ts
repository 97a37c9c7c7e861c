import { randomBytes } from "node:crypto";
import { checkAssertion } from "./check-assertion.ts";
import { oauthError, oauthJson } from "./oauth-answer.ts";
import type { OAuthSetup } from "./oauth-setup.ts";

interface TokenRequest {
  readonly setup: OAuthSetup;
  readonly method: string;
  readonly headers: Headers;
  readonly body: string;
  /** Of the address that was called. */
  readonly origin: string;
}

/** POST /services/oauth2/token */
export function handleToken(request: TokenRequest): Response {
  const { method, headers, body } = request;
  if (method !== "POST") return oauthError({ error: "invalid_request", description: "must use HTTP POST" });
  if (!/^application\/x-www-form-urlencoded\b/i.test(headers.get("Content-Type") ?? "")) {
    return oauthError({ error: "unsupported_grant_type", description: "grant type not supported" });
  }
  const form = new URLSearchParams(body);
  switch (form.get("grant_type")) {
    case "client_credentials":
      return grantToClient({ ...request, form });
    case "urn:ietf:params:oauth:grant-type:jwt-bearer":
      return grantToAssertion({ ...request, form });
    case "refresh_token":
      return grantToRefresh({ ...request, form });
    default:
      return oauthError({ error: "unsupported_grant_type", description: "grant type not supported" });
  }
}

type GrantRequest = TokenRequest & { form: URLSearchParams };

function grantToClient(request: GrantRequest): Response {
  const { setup } = request;
  if (setup.isLoginHost) return oauthError({ error: "invalid_grant", description: "request not supported on this domain" });
  const { id, secret } = readClient(request);
  if (id !== setup.clientId) return oauthError({ error: "invalid_client_id", description: "client identifier invalid" });
  if (secret !== setup.clientSecret) return oauthError({ error: "invalid_client", description: "invalid client credentials" });
  return giveToken(request);
}

function grantToAssertion(request: GrantRequest): Response {
  const { setup, origin, form } = request;
  const problem = checkAssertion({ setup, origin, assertion: form.get("assertion") ?? "" });
  return problem === null ? giveToken(request) : oauthError({ error: "invalid_grant", description: problem });
}

function grantToRefresh(request: GrantRequest): Response {
  const { setup, form } = request;
  const { id, secret } = readClient(request);
  if (id !== setup.clientId) return oauthError({ error: "invalid_client_id", description: "client identifier invalid" });
  if (secret !== null && secret !== setup.clientSecret) return oauthError({ error: "invalid_client", description: "invalid client credentials" });
  const token = form.get("refresh_token") ?? "";
  if (!setup.refreshTokens.has(token)) return oauthError({ error: "invalid_grant", description: "expired access/refresh token" });
  if (!setup.rotatesRefreshTokens) return giveToken(request);
  const successor = `5Aep${randomBytes(32).toString("base64url")}`;
  setup.refreshTokens.delete(token);
  setup.refreshTokens.add(successor);
  return giveToken({ ...request, refreshToken: successor });
}

/** From the form, or from `Authorization: Basic`. */
function readClient(request: GrantRequest): { id: string | null; secret: string | null } {
  const { form, headers } = request;
  const basic = /^Basic (.+)$/i.exec(headers.get("Authorization") ?? "")?.[1];
  if (basic === undefined) return { id: form.get("client_id"), secret: form.get("client_secret") };
  const [id = "", ...secret] = Buffer.from(basic, "base64").toString("utf8").split(":");
  return { id: decodeURIComponent(id), secret: decodeURIComponent(secret.join(":")) };
}

function giveToken(request: TokenRequest & { refreshToken?: string }): Response {
  const { setup, origin, refreshToken } = request;
  const userId = setup.org.users.integration;
  return oauthJson({
    status: 200,
    body: {
      access_token: setup.sessions.issue(userId),
      ...(refreshToken === undefined ? {} : { refresh_token: refreshToken }),
      signature: randomBytes(32).toString("base64"),
      scope: "api",
      instance_url: setup.instanceUrl ?? origin,
      id: `${origin}/id/${setup.org.organizationId}/${userId}`,
      token_type: "Bearer",
      issued_at: String(setup.org.now()),
      api_instance_url: setup.instanceUrl ?? origin,
    },
  });
}
