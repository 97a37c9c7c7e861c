import type { ConnectorError, IdentifierKind } from "@volenti/core/adapter";
import type { ProfileField } from "./mapping/profile-fields.ts";
import type { SalesforceAuth } from "./salesforce-auth.ts";

/** The options with their defaults, checked once when the connector is made. */
export interface Settings {
  /** Null for auth kinds that name an instance. */
  readonly loginUrl: string | null;
  readonly auth: SalesforceAuth;
  readonly apiVersion: string;
  readonly profile: ProfileSettings;
  readonly matchKeys: readonly { readonly kind: IdentifierKind; readonly field: string }[];
  readonly decisionLog: boolean;
  /** By channel: the flag, and the field that keeps when it was last decided. */
  readonly optOutFlags: ReadonlyMap<string, { readonly field: string; readonly stampField: string }>;
  readonly channels: ReadonlyMap<string, { readonly contactPointType: string } | { readonly engagementChannelTypeId: string }>;
  readonly placeholderFamilyName: string;
  readonly withoutFamilyName: "placeholder" | "individualOnly";
  readonly duplicateRules: "respect" | "allowSave";
  readonly autoAssign: boolean;
  readonly businessBrandId: string | null;
  readonly callReserve: number;
  readonly dailyCallLimit: number;
  readonly bulk: { readonly fromSubmissions: number } | null;
  readonly erasure: "delete" | "anonymise" | "mark";
  readonly staleWriteGuard: "atServer" | "readThenWrite";
  readonly timeoutInMs: number;
  readonly maxConcurrency: number;
  readonly tls: { readonly ca?: string | undefined; readonly cert?: string | undefined; readonly key?: string | undefined } | null;
  readonly proxy: string | null;
  readonly allowInsecureHttp: boolean;
  readonly privateHosts: readonly string[];
  /** A wrong setting is told by the first call, as a connector's making does no more than assign; null where all is well. */
  readonly error: ConnectorError | null;
}

export interface ProfileSettings {
  /** `Contact`, or `Account` for person accounts. */
  readonly objectName: "Contact" | "Account";
  readonly kind: "Contact" | "PersonAccount";
  /** `Individual` or `PersonIndividual`: the relationship; with `Id` the field. */
  readonly individual: "Individual" | "PersonIndividual";
  readonly recordTypeId: string | null;
  /** By dotted attribute name. */
  readonly fields: ReadonlyMap<string, ProfileField>;
  readonly constants: Readonly<Record<string, string | number | boolean>>;
  readonly addressFields: "auto" | "codes" | "text";
}
