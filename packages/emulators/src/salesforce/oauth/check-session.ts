import { refusal, type ApiAnswer } from "../rest/api-answer.ts";
import { bearerOf } from "./handle-oauth.ts";
import type { OAuthSetup } from "./oauth-setup.ts";

type Session = { readonly userId: string; readonly refused: null } | { readonly userId: null; readonly refused: ApiAnswer };

/** Whose session a call brings, or the 401 that it gets. */
export function checkSession(request: { oauth: OAuthSetup; headers: Headers }): Session {
  const { oauth, headers } = request;
  const token = bearerOf(headers);
  if (token === null && headers.has("Authorization")) {
    return { userId: null, refused: refusal({ status: 401, errorCode: "INVALID_AUTH_HEADER", message: "INVALID_HEADER_TYPE" }) };
  }
  const userId = oauth.sessions.userOf(token ?? "");
  if (userId !== null) return { userId, refused: null };
  return { userId: null, refused: refusal({ status: 401, errorCode: "INVALID_SESSION_ID", message: "Session expired or invalid" }) };
}
