import { ANY_CHANNEL, consentKey } from "@volenti/core/adapter";
import type { CegidRetailConnectorOptions, OptInRule, TextSlotOption } from "./cegid-retail-connector-options.ts";
import { findMistake } from "./mapping/find-mistake.ts";
import type { OptInField } from "./mapping/opt-in-set.ts";
import { STANDARD_TARGETS, type ProfileTarget } from "./mapping/profile-target.ts";
import type { UserSlot } from "./mapping/user-slot.ts";
import type { ConsentSettings, ProfileSettings, Settings } from "./settings.ts";
import { toDateSlot, toProfileTarget, toTextSlot } from "./mapping/to-user-slot.ts";

/** About as long as a form of a till stays open; a yes that the till gives in that time is a no again. */
const A_MINUTE_IN_MS = 60_000;

/** The options with their defaults. What is wrong becomes `error`, which the first call throws. */
export function resolveSettings(options: CegidRetailConnectorOptions): Settings {
  const { slots, username, folderId, linkField } = options;
  return {
    baseUrl: withoutSlash(options.baseUrl),
    folderId,
    username: typeof username === "string" && username.includes("\\") ? username : `${folderId}\\${username}`,
    password: options.password,
    timeZone: options.timeZone,
    privacyGranularity: options.privacyGranularity,
    usualStoreId: options.usualStoreId,
    consent: resolveConsent(options),
    slots: slots === undefined ? null : { effectiveAt: toDateSlot(slots.effectiveAt), decisionId: toTextSlot(slots.decisionId) },
    linkField: linkField === undefined || linkField === "Barcode" ? "Barcode" : linkField === null ? null : toTextSlot(linkField),
    refField: options.refField === undefined ? null : toTextSlot(options.refField),
    testField: options.testField === undefined ? null : toTextSlot(options.testField),
    customerList: options.customerList ?? null,
    customerIdStrategy: options.customerIdStrategy ?? "deterministic",
    matchKeys: options.matchKeys ?? [
      { kind: "email", field: "EmailData.Email" },
      { kind: "phone", field: "PhoneData.CellularPhoneNumber" },
    ],
    profile: resolveProfile(options),
    anonymisation:
      options.anonymisation === undefined
        ? null
        : { method: options.anonymisation.method, path: options.anonymisation.path ?? "api/customers-anonymization/V1" },
    absentValues: options.absentValues ?? "reset",
    checksModificationDate: options.checksModificationDate ?? false,
    asksLinkFirst: options.asksLinkFirst ?? false,
    reassertRefusalsAfterInMs: options.reassertRefusalsAfterInMs ?? (slots === undefined ? 0 : A_MINUTE_IN_MS),
    readAgainAfterInMs: options.readAgainAfterInMs ?? 250,
    timeoutInMs: options.timeoutInMs ?? 30_000,
    maxConcurrency: options.maxConcurrency ?? 4,
    tls: options.tls ?? null,
    proxy: options.proxy ?? null,
    allowInsecureHttp: options.allowInsecureHttp ?? false,
    privateHosts: options.privateHosts ?? [],
    error: findMistake(options),
  };
}

function withoutSlash(address: string): string {
  return typeof address === "string" && address.endsWith("/") ? address.slice(0, -1) : address;
}

function resolveConsent(options: CegidRetailConnectorOptions): ConsentSettings {
  return {
    optIns: new Map(Object.entries(options.optIns ?? {}).map(([purpose, rule]) => [purpose, toRules(rule)])),
    partnerPurpose: options.partnerPurpose ?? null,
    receiptPurpose: options.receiptPurpose ?? null,
    writeEmailingAccepted: options.writeEmailingAccepted ?? true,
    writeDirectMail: options.writeDirectMail ?? true,
    purposeFields: new Map(Object.entries(options.purposeFields ?? {}).flatMap(([purpose, slots]) => toPurposeSlots({ purpose, slots }))),
  };
}

function toRules(rule: OptInRule | Readonly<Record<string, OptInRule>>): ReadonlyMap<string, readonly OptInField[]> {
  if (isRule(rule)) return new Map([[ANY_CHANNEL, toFields(rule)]]);
  return new Map(Object.entries(rule).map(([channel, fields]) => [channel, toFields(fields)]));
}

function isRule(rule: OptInRule | Readonly<Record<string, OptInRule>>): rule is OptInRule {
  return rule === null || typeof rule === "string" || Array.isArray(rule);
}

function toFields(rule: OptInRule): readonly OptInField[] {
  if (rule === null) return [];
  return typeof rule === "string" ? [rule] : [...rule];
}

function toPurposeSlots(request: { purpose: string; slots: Readonly<Record<string, TextSlotOption>> }): readonly (readonly [string, UserSlot])[] {
  const { purpose, slots } = request;
  return Object.entries(slots).map(([channel, slot]) => [consentKey({ purpose, channel }), toTextSlot(slot)] as const);
}

function resolveProfile(options: CegidRetailConnectorOptions): ProfileSettings {
  const targets = new Map<string, ProfileTarget>(Object.entries(STANDARD_TARGETS));
  for (const [attribute, option] of Object.entries(options.fieldMap ?? {})) {
    if (option === null) targets.delete(attribute);
    else targets.set(attribute, toProfileTarget(option));
  }
  return {
    targets,
    placeholderLastName: options.placeholderLastName ?? "-",
    sexes: new Map(Object.entries(options.sexMap ?? {})),
    titles: new Map(Object.entries(options.titleMap ?? {})),
    languages: new Map(Object.entries(options.languageMap ?? {})),
    countryIdType: options.countryIdType ?? "ISO2",
    countries: new Map(Object.entries(options.countryMap ?? {})),
  };
}
