import { ConnectorError } from "@volenti/core/adapter";
import { profileFieldName, resolveProfileFields } from "./mapping/profile-fields.ts";
import type { SalesforceConnectorOptions } from "./salesforce-connector-options.ts";
import { EMAIL_OPT_OUT_STAMP, PHONE_OPT_OUT_STAMP, optOutStampOf } from "./schema/names.ts";
import type { ProfileSettings, Settings } from "./settings.ts";
import { CONNECTOR_ID } from "./transport/salesforce-session.ts";

const LOWEST_API_VERSION = 58;
const CONTACT_POINT_TYPES: Readonly<Record<string, string>> = {
  email: "Email",
  phone: "Phone",
  post: "MailingAddress",
  web: "Web",
  social: "Social",
  inPerson: "InPerson",
  video: "Video",
};

/** The options with their defaults. What is wrong becomes `error`, which the first call throws. */
export function resolveSettings(options: SalesforceConnectorOptions): Settings {
  const profile = resolveProfile(options);
  return {
    loginUrl: options.loginUrl ?? null,
    auth: options.auth,
    apiVersion: options.apiVersion ?? "62.0",
    profile,
    matchKeys: options.matchKeys ?? [
      { kind: "email", field: profileFieldName({ field: "Email", profileObject: profile.kind }) },
      { kind: "phone", field: profileFieldName({ field: "MobilePhone", profileObject: profile.kind }) },
    ],
    decisionLog: options.decisionLog ?? true,
    optOutFlags: resolveFlags({ options, profile }),
    channels: new Map(
      Object.entries({
        ...Object.fromEntries(Object.entries(CONTACT_POINT_TYPES).map(([channel, contactPointType]) => [channel, { contactPointType }])),
        ...options.channels,
      }),
    ),
    placeholderFamilyName: options.placeholderFamilyName ?? "(not given)",
    withoutFamilyName: options.withoutFamilyName ?? "placeholder",
    duplicateRules: options.duplicateRules ?? "respect",
    autoAssign: options.autoAssign ?? false,
    businessBrandId: options.businessBrandId ?? null,
    callReserve: options.callReserve ?? 0.05,
    dailyCallLimit: options.dailyCallLimit ?? 100_000,
    bulk: options.bulk ?? null,
    erasure: options.erasure ?? "delete",
    staleWriteGuard: options.staleWriteGuard ?? "atServer",
    timeoutInMs: options.timeoutInMs ?? 60_000,
    maxConcurrency: options.maxConcurrency ?? 4,
    tls: options.tls ?? null,
    proxy: options.proxy ?? null,
    allowInsecureHttp: options.allowInsecureHttp ?? false,
    privateHosts: options.privateHosts ?? [],
    error: findMistake(options),
  };
}

function resolveProfile(options: SalesforceConnectorOptions): ProfileSettings {
  const kind = options.profileObject ?? "Contact";
  return {
    objectName: kind === "Contact" ? "Contact" : "Account",
    kind,
    individual: kind === "Contact" ? "Individual" : "PersonIndividual",
    recordTypeId: options.recordTypeId ?? null,
    fields: resolveProfileFields({ fieldMap: options.fieldMap ?? {}, profileObject: kind }),
    constants: options.profileConstants ?? {},
    addressFields: options.addressFields ?? "auto",
  };
}

function resolveFlags(request: { options: SalesforceConnectorOptions; profile: ProfileSettings }): Settings["optOutFlags"] {
  const { options, profile } = request;
  const defaults: Readonly<Record<string, string | null>> = {
    email: profileFieldName({ field: "HasOptedOutOfEmail", profileObject: profile.kind }),
    phone: profileFieldName({ field: "DoNotCall", profileObject: profile.kind }),
  };
  const flags = Object.entries({ ...defaults, ...options.optOutFlags });
  const stamps: Readonly<Record<string, string>> = { email: EMAIL_OPT_OUT_STAMP, phone: PHONE_OPT_OUT_STAMP };
  return new Map(
    flags.flatMap(([channel, field]) =>
      field === null ? [] : [[channel, { field, stampField: stamps[channel] ?? optOutStampOf(channel) }] as const],
    ),
  );
}

/** The names of the settings that cannot be right; their values may be secrets. */
function findMistake(options: SalesforceConnectorOptions): ConnectorError | null {
  const { auth, apiVersion = "62.0", callReserve = 0.05 } = options;
  const needsLogin = auth.kind !== "accessToken" && auth.kind !== "connection";
  const fieldNames = [
    ...(needsLogin && !isAddress(options.loginUrl) ? ["loginUrl"] : []),
    ...(auth.kind === "accessToken" && !isAddress(auth.instanceUrl) ? ["auth.instanceUrl"] : []),
    ...(/^\d{2,3}\.0$/.test(apiVersion) && Number(apiVersion) >= LOWEST_API_VERSION ? [] : ["apiVersion"]),
    ...(callReserve >= 0 && callReserve < 1 ? [] : ["callReserve"]),
    ...fieldNamesOf(options).flatMap(([name, field]) => (/^[A-Za-z][A-Za-z0-9_]{0,79}$/.test(field) ? [] : [name])),
  ];
  if (fieldNames.length === 0) return null;
  return new ConnectorError({ code: "invalidConfiguration", connectorId: CONNECTOR_ID, operation: "configuration", fieldNames });
}

/** Field names go into queries: they must be names. */
function fieldNamesOf(options: SalesforceConnectorOptions): [string, string][] {
  const { fieldMap = {}, matchKeys = [], optOutFlags = {}, profileConstants = {} } = options;
  return [
    ...Object.values(fieldMap).flatMap((field): [string, string][] => (field === null ? [] : [["fieldMap", field]])),
    ...matchKeys.map(({ field }): [string, string] => ["matchKeys", field]),
    ...Object.values(optOutFlags).flatMap((field): [string, string][] => (field === null ? [] : [["optOutFlags", field]])),
    ...Object.keys(profileConstants).map((field): [string, string] => ["profileConstants", field]),
  ];
}

function isAddress(value: string | undefined): boolean {
  return value !== undefined && URL.canParse(value);
}
