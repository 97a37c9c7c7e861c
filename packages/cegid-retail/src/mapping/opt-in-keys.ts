import { ANY_CHANNEL, consentKey, type Catalogue, type ConsentState } from "@volenti/core/adapter";
import type { ConsentSettings } from "../settings.ts";
import { OPT_IN_FIELDS, type OptInField } from "./opt-in-set.ts";

/** A subject's state is kept under a purpose and a channel of it, or `*`. */
export type ConsentKey = Pick<ConsentState, "purpose" | "channel">;

/** Where a consent key goes: its opt-ins, or one of the flags that are no opt-in. */
export type KeyPlace =
  | { readonly kind: "optIns"; readonly fields: readonly OptInField[] }
  | { readonly kind: "partner" | "receipt" }
  /** Deliberately not kept in Y2. */
  | { readonly kind: "declined" }
  | { readonly kind: "nowhere" };

const CHANNEL_FIELDS: Readonly<Record<string, OptInField>> = {
  email: "OptinEmail",
  sms: "OptinMobile",
  phone: "OptinMobile",
  post: "OptinPostal",
};

export function placeOf(request: { consent: ConsentSettings; key: ConsentKey }): KeyPlace {
  const { consent, key: { purpose, channel } } = request;
  if (purpose === consent.partnerPurpose) return { kind: "partner" };
  if (purpose === consent.receiptPurpose) return { kind: "receipt" };
  const byChannel = consent.optIns.get(purpose);
  if (byChannel === undefined) {
    const field = defaultFieldOf(channel);
    return field === null ? { kind: "nowhere" } : { kind: "optIns", fields: [field] };
  }
  const fields = byChannel.get(channel) ?? byChannel.get(ANY_CHANNEL);
  if (fields === undefined) return { kind: "nowhere" };
  return fields.length === 0 ? { kind: "declined" } : { kind: "optIns", fields };
}

/** The consent keys that decide each opt-in; none for one that is nobody's. Every key of an opt-in has to be granted. */
export function listFieldKeys(request: {
  consent: ConsentSettings;
  catalogue: Catalogue;
  /** What arrives: keys that the catalogue does not know (any more) can refuse all the same. */
  states: readonly ConsentKey[];
}): ReadonlyMap<OptInField, readonly ConsentKey[]> {
  const { consent, catalogue, states } = request;
  const keys = new Map(catalogue.purposes.filter(({ current }) => current).flatMap(keysOfPurpose).map((key) => [consentKey(key), key]));
  // A state of `*` beside channels is judged under each of them, and would else ask for a yes that cannot be given.
  const withChannels = new Set([...keys.values()].filter(({ channel }) => channel !== ANY_CHANNEL).map(({ purpose }) => purpose));
  for (const { purpose, channel } of states) {
    if (channel === ANY_CHANNEL && withChannels.has(purpose)) continue;
    keys.set(consentKey({ purpose, channel }), { purpose, channel });
  }
  const placed = [...keys.values()].map((key) => ({ key, place: placeOf({ consent, key }) }));
  return new Map(
    OPT_IN_FIELDS.map((field) => [
      field,
      placed.flatMap(({ key, place }) => (place.kind === "optIns" && place.fields.includes(field) ? [key] : [])),
    ]),
  );
}

/** The keys of the partner purpose that speak of an opt-in: by channel, or all of it where it has no channels. */
export function listPartnerKeys(request: { consent: ConsentSettings; catalogue: Catalogue; field: OptInField }): readonly ConsentKey[] {
  const { consent, catalogue, field } = request;
  return keysOfNamedPurpose({ catalogue, purpose: consent.partnerPurpose }).filter(
    ({ channel }) => channel === ANY_CHANNEL || defaultFieldOf(channel) === field,
  );
}

export function listReceiptKeys(request: { consent: ConsentSettings; catalogue: Catalogue }): readonly ConsentKey[] {
  return keysOfNamedPurpose({ catalogue: request.catalogue, purpose: request.consent.receiptPurpose });
}

function defaultFieldOf(channel: string): OptInField | null {
  return Object.hasOwn(CHANNEL_FIELDS, channel) ? (CHANNEL_FIELDS[channel] ?? null) : null;
}

function keysOfNamedPurpose(request: { catalogue: Catalogue; purpose: string | null }): readonly ConsentKey[] {
  const purpose = request.catalogue.purposes.find(({ key, current }) => current && key === request.purpose);
  return purpose === undefined ? [] : keysOfPurpose(purpose);
}

function keysOfPurpose(purpose: { readonly key: string; readonly channels: readonly string[] }): readonly ConsentKey[] {
  const channels = purpose.channels.length === 0 ? [ANY_CHANNEL] : purpose.channels;
  return channels.map((channel) => ({ purpose: purpose.key, channel }));
}
