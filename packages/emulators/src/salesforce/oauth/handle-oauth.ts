import { handleToken } from "./handle-token.ts";
import { oauthError, oauthJson } from "./oauth-answer.ts";
import type { OAuthSetup } from "./oauth-setup.ts";

interface OAuthRequest {
  readonly setup: OAuthSetup;
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  readonly body: string;
}

/** All below /services/oauth2. */
export function handleOAuth(request: OAuthRequest): Response {
  const { url } = request;
  switch (url.pathname.slice("/services/oauth2/".length)) {
    case "token":
      return handleToken({ ...request, origin: url.origin });
    case "userinfo":
      return handleUserInfo(request);
    case "revoke":
      return handleRevoke(request);
    default:
      return new Response("Not Found", { status: 404, headers: { "Content-Type": "text/plain" } });
  }
}

function handleUserInfo(request: OAuthRequest): Response {
  const { setup, url, headers } = request;
  const userId = setup.sessions.userOf(bearerOf(headers) ?? "");
  if (userId === null) return new Response("Bad_OAuth_Token", { status: 403, headers: { "Content-Type": "text/html" } });
  const { organizationId } = setup.org;
  const user = setup.org.table("User").get(userId);
  return oauthJson({
    status: 200,
    body: {
      sub: `${url.origin}/id/${organizationId}/${userId}`,
      user_id: userId,
      organization_id: organizationId,
      preferred_username: user?.["Username"] ?? null,
      name: user?.["Name"] ?? null,
      active: true,
      user_type: "STANDARD",
      zoneinfo: user?.["TimeZoneSidKey"] ?? null,
      urls: { rest: `${url.origin}/services/data/v{version}/`, metadata: `${url.origin}/services/Soap/m/{version}/${organizationId.slice(0, 15)}` },
    },
  });
}

function handleRevoke(request: OAuthRequest): Response {
  const { setup, method, body, url } = request;
  const token = (method === "POST" ? new URLSearchParams(body) : url.searchParams).get("token") ?? "";
  const isKnown = setup.sessions.revoke(token) || setup.refreshTokens.delete(token);
  return isKnown ? new Response(null, { status: 200 }) : oauthError({ error: "invalid_token", description: "token does not exist" });
}

/** The token of `Authorization: Bearer x` (or `OAuth x`); null without one. */
export function bearerOf(headers: Headers): string | null {
  return /^(?:Bearer|OAuth) (\S+)$/i.exec(headers.get("Authorization") ?? "")?.[1] ?? null;
}
