import type { IntegrationProfile } from "./integration-profile.ts";

/** How an administrator set the org up. */
export interface OrgSettings {
  readonly hasPersonAccounts: boolean;
  /** Countries and states are picklists of integration values, with code fields beside the texts. */
  readonly hasAddressPicklists: boolean;
  readonly isConsentManagementEnabled: boolean;
  /** What the integration user may before any permission set. */
  readonly profile: IntegrationProfile;
  /** What the active rule on `Contact.Email` does with a second contact of an address. */
  duplicateRule: "off" | "alert" | "block";
}
