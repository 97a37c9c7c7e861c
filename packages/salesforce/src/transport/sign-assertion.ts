import { createPrivateKey } from "node:crypto";
import { ConnectorError } from "@volenti/core/adapter";
import { SignJWT } from "jose";
import type { SalesforceAuth } from "../salesforce-auth.ts";
import type { OrgAddress } from "./check-address.ts";
import { CONNECTOR_ID } from "./salesforce-session.ts";

/** Salesforce refuses assertions that live longer. */
const LIFETIME_IN_S = 180;

/** The assertion of the JWT bearer flow (RFC 7523), RS256. `now`: epoch milliseconds of the brand's clock. */
export async function signAssertion(request: {
  auth: Extract<SalesforceAuth, { kind: "jwtBearer" }>;
  login: OrgAddress;
  operation: string;
  now: number;
}): Promise<string> {
  const { auth, login, operation, now } = request;
  try {
    const key = createPrivateKey(auth.privateKey);
    return await new SignJWT()
      .setProtectedHeader({ alg: "RS256" })
      .setIssuer(auth.clientId)
      .setSubject(auth.username)
      .setAudience(audienceOf(login))
      .setExpirationTime(Math.floor(now / 1000) + LIFETIME_IN_S)
      .sign(key);
  } catch (error) {
    throw new ConnectorError({
      code: "invalidConfiguration",
      connectorId: CONNECTOR_ID,
      operation,
      fieldNames: ["auth.privateKey"],
      cause: error,
    });
  }
}

/** https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_jwt_flow.htm: the sign-in host, not the org's. */
function audienceOf(login: OrgAddress): string {
  const { hostname, origin, side } = login;
  if (side !== "salesforce" || !hostname.endsWith(".salesforce.com")) return origin;
  const isSandbox = /^test\.|\.(?:sandbox|scratch)\.my\.|\.cs\d+\.|^cs\d+\.|^[a-z0-9-]*--/.test(hostname);
  return isSandbox ? "https://test.salesforce.com" : "https://login.salesforce.com";
}
