import { createPublicKey, randomBytes } from "node:crypto";
import { createFaultBoard } from "./faults/fault-board.ts";
import { createSalesforceFaults } from "./faults/salesforce-faults.ts";
import { createFrontDoor } from "./front-door.ts";
import type { OAuthSetup } from "./oauth/oauth-setup.ts";
import { createSessionStore } from "./oauth/session-store.ts";
import { openOutOfBand, type OutOfBandOrg } from "./out-of-band.ts";
import { createCallCounter } from "./rest/call-counter.ts";
import type { SalesforceEmulator, SalesforceEmulatorOptions } from "./salesforce-emulator.ts";
import { createOrg } from "./store/create-org.ts";
import type { Org } from "./store/org.ts";

const USERNAME = "integration@example.com";
const TWO_HOURS = 2 * 60 * 60 * 1000;

/** A Salesforce org that lives in memory: empty, strict, and its own administrator. */
export function createSalesforceEmulator(options: SalesforceEmulatorOptions = {}): SalesforceEmulator {
  const org = createOrg({
    now: options.now ?? Date.now,
    username: USERNAME,
    settings: {
      hasPersonAccounts: options.personAccounts ?? false,
      hasAddressPicklists: options.addressPicklists ?? false,
      isConsentManagementEnabled: options.consentManagement ?? true,
      profile: options.minimumAccess === true ? "minimum" : options.developerOrgDefaults === true ? "withoutOptOutFlags" : "full",
      duplicateRule: options.duplicateRule ?? "off",
    },
  });
  const outOfBand = openOutOfBand(org);
  hideFields({ outOfBand, options });
  const refreshToken = `5Aep${randomBytes(32).toString("base64url")}`;
  const oauth = setUpOAuth({ org, options, refreshToken });
  const board = createFaultBoard();
  const counter = createCallCounter({ limit: options.dailyLimit ?? 100_000 });
  return {
    handle: createFrontDoor({ org, oauth, board, counter }),
    credentials: { clientId: oauth.clientId, clientSecret: oauth.clientSecret, username: USERNAME, refreshToken },
    org: outOfBand,
    calls: { total: () => counter.total(), list: () => counter.list(), reset: () => counter.reset() },
    faults: createSalesforceFaults({ org, oauth, board, counter }),
  };
}

function setUpOAuth(request: { org: Org; options: SalesforceEmulatorOptions; refreshToken: string }): OAuthSetup {
  const { org, options, refreshToken } = request;
  const { jwtPublicKey } = options;
  return {
    org,
    sessions: createSessionStore({ organizationId: org.organizationId, now: org.now, lifetimeInMs: options.sessionLifetimeInMs ?? TWO_HOURS }),
    clientId: `3MVG9${randomBytes(24).toString("base64url")}`,
    clientSecret: randomBytes(32).toString("hex").toUpperCase(),
    username: USERNAME,
    publicKey: jwtPublicKey === undefined ? null : typeof jwtPublicKey === "string" ? createPublicKey(jwtPublicKey) : jwtPublicKey,
    isLoginHost: options.isLoginHost ?? false,
    rotatesRefreshTokens: options.rotatesRefreshTokens ?? false,
    refreshTokens: new Set([refreshToken]),
    instanceUrl: null,
  };
}

function hideFields(request: { outOfBand: OutOfBandOrg; options: SalesforceEmulatorOptions }): void {
  const { outOfBand, options } = request;
  for (const name of options.hiddenFields ?? []) {
    const [objectName = "", fieldName = ""] = name.split(".");
    outOfBand.hideField({ objectName, fieldName });
  }
}
