import type { KeyObject } from "node:crypto";
import type { SalesforceFaults } from "./faults/salesforce-faults.ts";
import type { OutOfBandOrg } from "./out-of-band.ts";
import type { RecordedCall } from "./rest/call-counter.ts";

export interface SalesforceEmulatorOptions {
  /** Epoch milliseconds; the machine's clock unless given. */
  readonly now?: () => number;
  readonly personAccounts?: boolean;
  /** Country and state picklists, with their code fields. */
  readonly addressPicklists?: boolean;
  /** Hides `HasOptedOutOfEmail`, `HasOptedOutOfFax` and `DoNotCall` on Contact and Lead until a permission set grants them, as new developer orgs do. */
  readonly developerOrgDefaults?: boolean;
  /** The integration user's profile grants no object and no field: what it may is what permission sets say. */
  readonly minimumAccess?: boolean;
  /** `Object.Field`, hidden from the integration user whatever permission sets say. */
  readonly hiddenFields?: readonly string[];
  /** The rule on `Contact.Email`; off unless given. */
  readonly duplicateRule?: "off" | "alert" | "block";
  /** False: "make data protection details available in records" is off, and what needs it is not there. */
  readonly consentManagement?: boolean;
  /** Calls a day; 100,000 unless given. */
  readonly dailyLimit?: number;
  /** Milliseconds that a session lasts; two hours unless given. */
  readonly sessionLifetimeInMs?: number;
  /** RSA, PEM or key: turns the JWT bearer flow on. */
  readonly jwtPublicKey?: string | KeyObject;
  /** Refuses client credentials, as login.salesforce.com does. */
  readonly isLoginHost?: boolean;
  readonly rotatesRefreshTokens?: boolean;
}

export interface SalesforceEmulator {
  /**
   * Answers a call, whatever its host. Throws `ConnectionResetError` where the connection breaks without an answer.
   */
  handle(request: Request): Promise<Response>;
  readonly credentials: {
    readonly clientId: string;
    readonly clientSecret: string;
    readonly username: string;
    readonly refreshToken: string;
  };
  readonly org: OutOfBandOrg;
  /** What counts against the daily budget: no token, one for a composite, one each for the parts of a batch. */
  readonly calls: {
    total(): number;
    list(): readonly RecordedCall[];
    reset(): void;
  };
  readonly faults: SalesforceFaults;
}
