import type { IdentifierKind } from "@volenti/core/adapter";
import type { SalesforceAuth } from "./salesforce-auth.ts";

/** How a Salesforce connector is made. Four members are enough: `loginUrl`, `auth`, `region`, and nothing else. */
export interface SalesforceConnectorOptions {
  /** The org's My Domain (`https://brand.my.salesforce.com`). Not needed for the auth kinds that name an instance. */
  readonly loginUrl?: string | undefined;
  readonly auth: SalesforceAuth;
  /** Where the org's data lies: ISO 3166-1 alpha-2, or `EU`. */
  readonly region: string;
  /** The mechanism under which data of people outside the region may be copied here. */
  readonly transferMechanism?: string | undefined;
  /** Default 62.0; at least 58.0. */
  readonly apiVersion?: string | undefined;
  /** Where profiles lie. `PersonAccount` needs `recordTypeId` where the org has several person record types. */
  readonly profileObject?: "Contact" | "PersonAccount" | undefined;
  /** Of new profile records; absent: the org's default for the user. */
  readonly recordTypeId?: string | undefined;
  /** By dotted attribute name, beside the standard ones; null: not stored. A `…__c` field must exist; its stamp is provisioned. */
  readonly fieldMap?: Readonly<Record<string, string | null>> | undefined;
  /**
   * By which customers who were there before are known, in order: identifier kinds and the org's own fields. Default:
   * e-mail by `Email`, phone by `MobilePhone`. An empty list: never looked up, one call less for every new customer.
   */
  readonly matchKeys?: readonly { readonly kind: IdentifierKind; readonly field: string }[] | undefined;
  /** Whether every decision becomes a row of VolentiDecision__c. Default true; without it only what stands is kept. */
  readonly decisionLog?: boolean | undefined;
  /** The opt-out flag of a channel on the profile object. Default email → HasOptedOutOfEmail, phone → DoNotCall; null: none. */
  readonly optOutFlags?: Readonly<Record<string, string | null>> | undefined;
  /**
   * How a channel is written: a ContactPointType, or the EngagementChannelType of that name. Default: email, phone,
   * post, web, social, inPerson and video by type; every other channel (sms, whatsapp, push) by EngagementChannelType.
   */
  readonly channels?: Readonly<Record<string, { readonly contactPointType: string } | { readonly engagementChannelTypeId: string }>> | undefined;
  /** What stands for a family name that may not be stored. Default `(not given)`. */
  readonly placeholderFamilyName?: string | undefined;
  /** Without a family name: a Contact with the placeholder, or an Individual alone. Default: a Contact where it has anything to store. */
  readonly withoutFamilyName?: "placeholder" | "individualOnly" | undefined;
  /** `codes` where the org has state and country picklists, `text` where not. Default `auto`: learnt from the org. */
  readonly addressFields?: "auto" | "codes" | "text" | undefined;
  /** `allowSave`: a duplicate rule that only alerts does not stop a write. Default `respect`. */
  readonly duplicateRules?: "respect" | "allowSave" | undefined;
  /** Whether assignment rules run. Default false. */
  readonly autoAssign?: boolean | undefined;
  /** The BusinessBrand that consent rows belong to. */
  readonly businessBrandId?: string | undefined;
  /** Constant values of every new and changed profile record (`OwnerId`, `AccountId`). */
  readonly profileConstants?: Readonly<Record<string, string | number | boolean>> | undefined;
  /** The share of the org's daily calls that only refusals and rights may use. Default 0.05. */
  readonly callReserve?: number | undefined;
  /** The org's daily calls, for estimates of a dry run, which asks nobody. Default 100 000. */
  readonly dailyCallLimit?: number | undefined;
  /** Bulk API 2.0 for files of at least so many submissions. Default: never. */
  readonly bulk?: { readonly fromSubmissions: number } | undefined;
  /** What an erasure does to the profile and the Individual. `mark` only sets ShouldForget, for jobs of the org's own. Default `delete`. */
  readonly erasure?: "delete" | "anonymise" | "mark" | undefined;
  /**
   * Whether the org's own rule refuses stale writes (default), or every write reads first. `volenti doctor` proves the
   * rule; where it cannot, set `readThenWrite`: best effort where several processes write.
   */
  readonly staleWriteGuard?: "atServer" | "readThenWrite" | undefined;
  /** How long one call may take. Default 60 000. */
  readonly timeoutInMs?: number | undefined;
  /** Calls under way at once. Default 4. */
  readonly maxConcurrency?: number | undefined;
  /** PEM texts: a private authority beside the usual ones, and a client certificate with its key. */
  readonly tls?: { readonly ca?: string | undefined; readonly cert?: string | undefined; readonly key?: string | undefined } | undefined;
  /** `http://user:password@proxy.example:8080`. The environment is not read. */
  readonly proxy?: string | undefined;
  /** Lets plain HTTP through, to loopback and to the hosts listed in `privateHosts`. Default false. */
  readonly allowInsecureHttp?: boolean | undefined;
  /** Hosts outside salesforce.com that the org may answer under (a reverse proxy, a stand-in). Loopback is allowed with `allowInsecureHttp`. */
  readonly privateHosts?: readonly string[] | undefined;
}
