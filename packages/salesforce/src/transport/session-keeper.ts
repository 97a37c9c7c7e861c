import { ConnectorError } from "@volenti/core/adapter";
import type { SalesforceAuth } from "../salesforce-auth.ts";
import type { Settings } from "../settings.ts";
import { checkAddress } from "./check-address.ts";
import type { OrgConnection } from "./org-connection.ts";
import { CONNECTOR_ID } from "./salesforce-session.ts";
import type { Session, SignInAuth } from "./sign-in.ts";

/** Keeps one session, and renews it once for all calls that found it expired. */
export interface SessionKeeper {
  /** The session that stands; signs in where there is none. Concurrent callers share one sign-in. */
  open(request: { operation: string }): Promise<OrgConnection>;
  /** A session other than the stale one; null where nothing can bring one. */
  renew(request: { stale: OrgConnection; operation: string }): Promise<OrgConnection | null>;
}

type Connect = (request: { instanceUrl: string; accessToken: string }) => Promise<OrgConnection>;

export function createSessionKeeper(request: {
  settings: Settings;
  connect: Connect;
  signIn: (request: { auth: SignInAuth; operation: string }) => Promise<Session>;
}): SessionKeeper {
  const { settings, connect, signIn } = request;
  const { auth } = settings;
  if (auth.kind === "accessToken" || auth.kind === "connection") return keepGivenSession({ auth, settings, connect });
  return keepOwnSession({ auth, connect, signIn });
}

function keepOwnSession(request: {
  auth: SignInAuth;
  connect: Connect;
  signIn: (request: { auth: SignInAuth; operation: string }) => Promise<Session>;
}): SessionKeeper {
  let { auth } = request;
  let standing: Promise<OrgConnection> | null = null;
  const start = (operation: string): Promise<OrgConnection> => {
    const opening = (async () => {
      const { instance, accessToken, refreshToken } = await request.signIn({ auth, operation });
      // An app that rotates refresh tokens has ended the one that we were given.
      if (auth.kind === "refreshToken" && refreshToken !== null) auth = { ...auth, refreshToken };
      return request.connect({ instanceUrl: instance.origin, accessToken });
    })();
    standing = opening;
    opening.catch(() => {
      if (standing === opening) standing = null;
    });
    return opening;
  };
  return {
    open: async ({ operation }) => standing ?? start(operation),
    renew: async ({ stale, operation }) => {
      const current = standing;
      if (current === null) return start(operation);
      const connection = await current;
      if (connection !== stale) return connection;
      // Another caller may have begun while this one looked.
      return standing === current ? start(operation) : (standing ?? start(operation));
    },
  };
}

/** A session that belongs to the integrator: read anew at each call, never renewed, changed or closed. */
function keepGivenSession(request: {
  auth: Extract<SalesforceAuth, { kind: "accessToken" | "connection" }>;
  settings: Settings;
  connect: Connect;
}): SessionKeeper {
  const { auth, settings, connect } = request;
  let last: { readonly key: string; readonly connection: Promise<OrgConnection> } | null = null;
  const open = async (operation: string): Promise<OrgConnection> => {
    const given = auth.kind === "connection" ? auth.connection : auth;
    const fieldName = auth.kind === "connection" ? "auth.connection" : "auth.instanceUrl";
    const { origin } = checkAddress({ address: given.instanceUrl, settings, operation, fieldName });
    const accessToken = given.accessToken ?? "";
    // What is no header value would be thrown at us by Node, with the token in the message.
    if (!/^[\u0021-\u007E]+$/.test(accessToken)) {
      throw new ConnectorError({ code: "unauthenticated", connectorId: CONNECTOR_ID, operation, providerCode: "noAccessToken" });
    }
    const key = JSON.stringify([origin, accessToken]);
    if (last?.key !== key) last = { key, connection: connect({ instanceUrl: origin, accessToken }) };
    return last.connection;
  };
  return {
    open: ({ operation }) => open(operation),
    renew: async ({ stale, operation }) => {
      const connection = await open(operation);
      return connection === stale ? null : connection;
    },
  };
}
