import { ConnectorError } from "@volenti/core/adapter";
import { mapSignInError } from "../error/map-sign-in-error.ts";
import type { SalesforceAuth } from "../salesforce-auth.ts";
import type { Settings } from "../settings.ts";
import { checkAddress, type OrgAddress } from "./check-address.ts";
import { bodyText, type HttpExchange } from "@volenti/http-transport";
import { readBody } from "./read-body.ts";
import { CONNECTOR_ID } from "./salesforce-session.ts";
import { signAssertion } from "./sign-assertion.ts";

export type SignInAuth = Exclude<SalesforceAuth, { kind: "accessToken" } | { kind: "connection" }>;

export interface Session {
  readonly instance: OrgAddress;
  readonly accessToken: string;
  /** The next refresh token, where the app rotates them. */
  readonly refreshToken: string | null;
}

interface SignInRequest {
  readonly auth: SignInAuth;
  readonly settings: Settings;
  readonly exchange: HttpExchange;
  readonly operation: string;
  readonly now: number;
  readonly signal: AbortSignal;
}

/** Asks the token endpoint, once. Credentials travel in the body, to the login host and nowhere else. */
export async function signIn(request: SignInRequest): Promise<Session> {
  const { settings, exchange, operation, now, signal } = request;
  const login = checkAddress({ address: settings.loginUrl ?? "", settings, operation, fieldName: "loginUrl" });
  const form = await toForm({ ...request, login });
  const { status, headers, bytes } = await exchange.send({
    method: "POST",
    url: `${login.origin}/services/oauth2/token`,
    headers: { accept: "application/json", "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams(form).toString(),
    signal,
    operation,
    // It changes nothing that anybody would miss.
    changes: false,
  });
  const answer = readBody(bodyText({ bytes }));
  if (status !== 200) throw mapSignInError({ status, headers, body: answer.value, operation, now });
  return readSession({ answer: answer.value, settings, login, operation });
}

async function toForm(request: SignInRequest & { login: OrgAddress }): Promise<Record<string, string>> {
  const { auth, login, operation, now } = request;
  switch (auth.kind) {
    case "clientCredentials":
      return { grant_type: "client_credentials", client_id: auth.clientId, client_secret: auth.clientSecret };
    case "jwtBearer":
      return {
        grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer",
        assertion: await signAssertion({ auth, login, operation, now }),
      };
    case "refreshToken":
      return {
        grant_type: "refresh_token",
        client_id: auth.clientId,
        refresh_token: auth.refreshToken,
        ...(auth.clientSecret === undefined ? {} : { client_secret: auth.clientSecret }),
      };
  }
}

/** Only token and instance are read: an answer need not say who the user is. */
function readSession(request: { answer: unknown; settings: Settings; login: OrgAddress; operation: string }): Session {
  const { answer, settings, login, operation } = request;
  const { access_token: accessToken, instance_url: address, refresh_token: refreshToken } = (answer ?? {}) as Record<string, unknown>;
  // What is no header value would be thrown at us by Node, with the token in the message.
  if (typeof accessToken !== "string" || !/^[\u0021-\u007E]+$/.test(accessToken) || typeof address !== "string") {
    throw new ConnectorError({ code: "malformedResponse", connectorId: CONNECTOR_ID, operation, httpStatus: 200 });
  }
  const instance = checkAddress({ address, settings, operation, fieldName: "instance_url", from: login });
  return { instance, accessToken, refreshToken: typeof refreshToken === "string" && refreshToken !== "" ? refreshToken : null };
}
