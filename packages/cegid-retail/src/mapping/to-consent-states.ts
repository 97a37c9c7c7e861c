import { ANY_CHANNEL, consentKey, endsPermission, isEnding, type Catalogue, type CataloguedPurpose, type ConsentState } from "@volenti/core/adapter";
import type { CustomerQueryData } from "../soap/data-contract.ts";
import type { Settings } from "../settings.ts";
import { listPartnerKeys, placeOf, type ConsentKey } from "./opt-in-keys.ts";
import { compareOptIns, OPT_IN_FIELDS, readOptInSet, type OptInField, type OptInSet } from "./opt-in-set.ts";
import { readPurposeStates, type PurposeState } from "./purpose-state.ts";
import { readLastWritten, type LastWritten } from "./slots.ts";
import { readChangedAt } from "./to-profile.ts";

/** Covered by none: a grant of it permits nothing. */
const NO_VERSION = "";

/** What a record says of a key; `ours`: as we wrote it, and the slots say by which decision. */
type Reading = { readonly status: "given" | "refused"; readonly isOurs: boolean };

interface Source {
  readonly settings: Settings;
  readonly catalogue: Catalogue;
  readonly stored: CustomerQueryData;
  readonly set: OptInSet;
  readonly last: LastWritten | null;
}

/**
 * What a record says of every purpose of the catalogue, ordered by purpose, then channel. A yes is `given` and a no
 * `refused`, whatever they were called; a question that is open has no state. What only one decision of a record is known of
 * goes for all that we wrote: `effectiveAt` and `decisionId` are those of the slots, so that a state is never told to be
 * older than it may be. What the till changed has the record's last change and no id. A purpose with a text of its own is
 * told exactly, unless the till refused it since.
 */
export function toConsentStates(request: {
  settings: Settings;
  catalogue: Catalogue;
  stored: CustomerQueryData;
}): readonly ConsentState[] {
  const { settings, catalogue, stored } = request;
  const source: Source = { ...request, set: readOptInSet(stored), last: readLastWritten({ settings, stored }) };
  const recorded = readPurposeStates({ settings, stored });
  const states = catalogue.purposes
    .filter(({ current }) => current)
    .flatMap((purpose) =>
      [...new Set([...purpose.channels, ANY_CHANNEL])].flatMap((channel) => {
        const key = { purpose: purpose.key, channel };
        return toState({ source, purpose, key, recorded: recorded.get(consentKey(key)) }) ?? [];
      }),
    );
  return states.toSorted((left, right) => (consentKey(left) < consentKey(right) ? -1 : 1));
}

function toState(request: {
  source: Source;
  purpose: CataloguedPurpose;
  key: ConsentKey;
  recorded: PurposeState | undefined;
}): ConsentState | null {
  const { source, purpose, key, recorded } = request;
  const { settings, stored, last } = source;
  // A channel's opt-in says nothing of channels that are added later.
  const isOfChannels = key.channel === ANY_CHANNEL && purpose.channels.length > 0;
  const reading = isOfChannels ? null : readKey({ source, key });
  const common = { purposeVersion: versionOf({ catalogue: source.catalogue, purpose }), validUntil: null, recipients: null, attributes: null };
  const isTaken = reading?.status === "refused" && !reading.isOurs;
  if (recorded !== undefined && (!isTaken || isRefusal(recorded))) {
    const { isLapsed = false, ...state } = recorded;
    return { ...state, ...common, ...(isLapsed ? { purposeVersion: NO_VERSION } : {}) };
  }
  if (reading === null) return null;
  const changedAt = readChangedAt({ settings, stored }) ?? 0;
  const told = reading.isOurs && last !== null ? { effectiveAt: last.effectiveAt, decisionId: last.decisionId } : { effectiveAt: changedAt, decisionId: "" };
  return { ...key, status: reading.status, ...told, ...common };
}

/** A no is a no, whoever stored it: without slots nothing in the opt-ins is known to be ours. */
function isRefusal({ status }: PurposeState): boolean {
  return endsPermission(status) && !isEnding(status);
}

function readKey(request: { source: Source; key: ConsentKey }): Reading | null {
  const { source, key } = request;
  const { settings: { consent }, catalogue, set, last } = source;
  const place = placeOf({ consent, key });
  // The flag cannot tell a no from a question that was never asked.
  if (place.kind === "receipt") return set.sendReceiptByMail ? { status: "given", isOurs: last !== null } : null;
  if (place.kind === "partner") {
    const fields = OPT_IN_FIELDS.filter((field) => listPartnerKeys({ consent, catalogue, field }).some(({ channel }) => channel === key.channel));
    const shared = fields.filter((field) => set.optIns[field] === "ForPartners");
    return shared.length === 0 ? null : { status: "given", isOurs: shared.every((field) => isOurs({ source, field })) };
  }
  if (place.kind !== "optIns") return null;
  const [strictest] = place.fields.toSorted((left, right) => compareOptIns(set.optIns[left], set.optIns[right]));
  if (strictest === undefined || set.optIns[strictest] === "AskCustomer") return null;
  return { status: set.optIns[strictest] === "DoNotUse" ? "refused" : "given", isOurs: isOurs({ source, field: strictest }) };
}

function isOurs(request: { source: Source; field: OptInField }): boolean {
  const { source: { last, set }, field } = request;
  return last !== null && last.optIns[field] === set.optIns[field];
}

/** Y2 keeps no version. Where the current one does not cover every earlier one, none can be told, and none permits. */
function versionOf(request: { catalogue: Catalogue; purpose: CataloguedPurpose }): string {
  const { catalogue, purpose } = request;
  const others = catalogue.purposes.filter(({ key, version }) => key === purpose.key && version !== purpose.version);
  return others.every(({ version }) => purpose.covers.includes(version)) ? purpose.version : NO_VERSION;
}
