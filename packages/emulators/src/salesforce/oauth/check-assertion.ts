import { verify } from "node:crypto";
import type { OAuthSetup } from "./oauth-setup.ts";

/** The most that an assertion may lie ahead, in seconds; the least of what is documented. */
const LONGEST_VALIDITY = 180;
const AUDIENCES: ReadonlySet<string> = new Set(["https://login.salesforce.com", "https://test.salesforce.com"]);

/** Why an assertion of the JWT bearer flow is refused; null where it is good. */
export function checkAssertion(request: { setup: OAuthSetup; assertion: string; origin: string }): string | null {
  const { setup, assertion, origin } = request;
  const [header = "", payload = "", signature = "", ...rest] = assertion.split(".");
  const head = parsePart(header);
  const claims = parsePart(payload);
  if (head === null || claims === null || rest.length > 0 || head["alg"] !== "RS256") return "invalid assertion";
  if (setup.publicKey === null) return "user hasn't approved this consumer";
  const isSigned = verify("RSA-SHA256", Buffer.from(`${header}.${payload}`), setup.publicKey, Buffer.from(signature, "base64url"));
  if (!isSigned) return "invalid assertion";
  return checkClaims({ setup, claims, origin });
}

function checkClaims(request: { setup: OAuthSetup; claims: Readonly<Record<string, unknown>>; origin: string }): string | null {
  const { setup, claims, origin } = request;
  const now = setup.org.now() / 1000;
  const { iss, sub, aud, exp } = claims;
  if (iss !== setup.clientId) return "client identifier invalid";
  if (typeof aud !== "string" || !(AUDIENCES.has(aud) || aud === origin)) return "audience is invalid";
  if (typeof exp !== "number" || exp <= now) return "assertion is expired";
  if (exp > now + LONGEST_VALIDITY) return "invalid expiration";
  return sub === setup.username ? null : "user hasn't approved this consumer";
}

function parsePart(part: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
