import type { KeyObject } from "node:crypto";
import type { Org } from "../store/org.ts";
import type { SessionStore } from "./session-store.ts";

/** The one connected app of an org, and how its tokens are given out. */
export interface OAuthSetup {
  readonly org: Org;
  readonly sessions: SessionStore;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly username: string;
  /** Of the certificate that was uploaded to the app; null: the JWT flow is off. */
  readonly publicKey: KeyObject | null;
  /** The server stands for login.salesforce.com, which refuses client credentials. */
  readonly isLoginHost: boolean;
  /** A refresh gives a new refresh token and ends the old one. */
  readonly rotatesRefreshTokens: boolean;
  readonly refreshTokens: Set<string>;
  /** What the token answer says instead of the address that was called; null: that one. */
  instanceUrl: string | null;
}
