import type { Catalogue, CataloguedPurpose, ConsentState } from "@volenti/core/adapter";
import { resolveSettings } from "../../src/resolve-settings.ts";
import type { CegidRetailConnectorOptions } from "../../src/cegid-retail-connector-options.ts";
import { computeOptIns, type OptInPlan } from "../../src/mapping/compute-opt-ins.ts";
import { toLocalTime } from "../../src/mapping/local-time.ts";
import { toUpdateMembers } from "../../src/mapping/merge-members.ts";
import { toOptInMembers } from "../../src/mapping/opt-in-set.ts";
import { toPurposeStateWrites } from "../../src/mapping/purpose-state.ts";
import { readLastWritten, toSlotWrites } from "../../src/mapping/slots.ts";
import { mergeUserWrites } from "../../src/mapping/user-slot.ts";
import type { CustomerQueryData } from "../../src/soap/data-contract.ts";
import type { Settings } from "../../src/settings.ts";

export const LEAST_OPTIONS: CegidRetailConnectorOptions = {
  baseUrl: "https://y2.example/Y2",
  folderId: "12345678_001_TEST",
  username: "VOLENTI",
  password: "synthetic",
  timeZone: "Europe/Paris",
  privacyGranularity: "item",
  usualStoreId: "001",
  region: "EU",
};

export const SLOTS: CegidRetailConnectorOptions["slots"] = { effectiveAt: { userDefinedDate: 3 }, decisionId: { userDefinedText: 3 } };

export function makeSettings(options: Partial<CegidRetailConnectorOptions> = {}): Settings {
  return resolveSettings({ ...LEAST_OPTIONS, slots: SLOTS, ...options });
}

export function purpose(key: string, channels: readonly string[], rest: Partial<CataloguedPurpose> = {}): CataloguedPurpose {
  return {
    key,
    version: "1",
    label: { en: key },
    basis: "consent",
    mechanism: "optIn",
    channels,
    attributes: [],
    recipients: [],
    covers: [],
    demands: {},
    sha256: "0".repeat(64),
    current: true,
    ...rest,
  };
}

export function catalogueOf(...purposes: CataloguedPurpose[]): Catalogue {
  return { purposes, notices: [] };
}

export const START = Date.parse("2026-03-02T09:00:00.000Z");

/** An instant so many seconds after the start of every story. */
export function at(seconds: number): number {
  return START + seconds * 1000;
}

export function idOf(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
}

/** A state of purpose `email`, `sms`, …, whose only channel has the same name; the id tells when it counts from. */
export function state(name: string, status: ConsentState["status"], seconds: number, rest: Partial<ConsentState> = {}): ConsentState {
  return {
    purpose: name,
    channel: name,
    decisionId: idOf(seconds),
    status,
    effectiveAt: at(seconds),
    purposeVersion: "1",
    validUntil: null,
    recipients: null,
    attributes: null,
    ...rest,
  };
}

export interface Till {
  stored: CustomerQueryData | null;
  /** Sends states, as one item, and keeps what came of it as Y2 would. */
  send(...states: ConsentState[]): OptInPlan;
  /** Somebody at the till changes the record at that second. */
  change(seconds: number, members: CustomerQueryData): void;
}

/** A record that is written by the mapping and by nobody else, without a server between. */
export function openTill(request: { settings: Settings; catalogue: Catalogue; stored?: CustomerQueryData | null }): Till {
  const { settings, catalogue } = request;
  const till: Till = {
    stored: request.stored ?? null,
    send(...states) {
      const { stored } = till;
      const plan = computeOptIns({ settings, catalogue, stored, states, last: readLastWritten({ settings, stored }), now: at(1000), hasEmail: true });
      const writes = [
        ...(plan.written === null ? [] : toSlotWrites({ settings, written: plan.written })),
        ...toPurposeStateWrites({ settings, states: plan.purposeStates }),
      ];
      const parts = [toOptInMembers(plan.target), mergeUserWrites({ stored, writes })];
      if (plan.changed || stored === null) till.stored = { ...stored, ...toUpdateMembers({ stored: stored ?? {}, parts }) };
      return plan;
    },
    change(seconds, members) {
      till.stored = { ...till.stored, ...members, LastDateUpdate: toLocalTime({ instant: at(seconds), timeZone: settings.timeZone }) };
    },
  };
  return till;
}
