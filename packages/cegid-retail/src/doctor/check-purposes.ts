import { ANY_CHANNEL, consentKey, type Catalogue, type ConnectionFindingV1 } from "@volenti/core/adapter";
import { listFieldKeys, placeOf, type ConsentKey } from "../mapping/opt-in-keys.ts";
import type { Settings } from "../settings.ts";
import { errorFinding, info, nameAll, warning } from "./finding.ts";

/** Which purposes of the catalogue Y2 keeps, and which it cannot tell apart. */
export function checkPurposes(request: { settings: Settings; catalogue: Catalogue }): readonly ConnectionFindingV1[] {
  const { settings: { consent }, catalogue } = request;
  const keys = catalogue.purposes.filter(({ current }) => current).flatMap(toKeys);
  const named = (kind: "nowhere" | "declined"): readonly string[] =>
    keys.filter((key) => !consent.purposeFields.has(consentKey(key)) && placeOf({ consent, key }).kind === kind).map(nameOf);
  const [lost, declined, unknown] = [named("nowhere"), named("declined"), listUnknown(request)];
  return [
    ...(lost.length === 0 ? [] : [warning("purposeNotKept", `Y2 has no place for ${nameAll(lost)}: name an opt-in in optIns, a text in purposeFields, or null. Where optIns names the purpose and not this channel, a refusal fails.`)]),
    ...(declined.length === 0 ? [] : [info("purposeDeclined", `Deliberately not kept in Y2: ${nameAll(declined)}.`)]),
    ...(unknown.length === 0 ? [] : [errorFinding("unknownPurpose", `The settings name purposes that the configuration does not have: ${nameAll(unknown)}.`)]),
    ...listShared(request),
  ];
}

function listUnknown(request: { settings: Settings; catalogue: Catalogue }): readonly string[] {
  const { settings: { consent }, catalogue } = request;
  const known = new Set(catalogue.purposes.map(({ key }) => key));
  const named = [...consent.optIns.keys(), consent.partnerPurpose, consent.receiptPurpose].filter((purpose) => purpose !== null);
  return [...new Set(named)].filter((purpose) => !known.has(purpose));
}

/** A yes needs all of them, and only a text each tells them apart. */
function listShared(request: { settings: Settings; catalogue: Catalogue }): readonly ConnectionFindingV1[] {
  const { settings: { consent }, catalogue } = request;
  return [...listFieldKeys({ consent, catalogue, states: [] })].flatMap(([field, keys]) => {
    const isTold = keys.every((key) => consent.purposeFields.has(consentKey(key)));
    if (keys.length < 2 || isTold) return [];
    return [warning("purposesShareOptIn", `${field} needs a yes of each of ${nameAll(keys.map(nameOf))}, and Y2 cannot tell them apart: give each a text in purposeFields, or a yes waits until all arrive together.`)];
  });
}

function toKeys(purpose: { readonly key: string; readonly channels: readonly string[] }): readonly ConsentKey[] {
  const channels = purpose.channels.length === 0 ? [ANY_CHANNEL] : purpose.channels;
  return channels.map((channel) => ({ purpose: purpose.key, channel }));
}

function nameOf({ purpose, channel }: ConsentKey): string {
  return channel === ANY_CHANNEL ? purpose : `${purpose} by ${channel}`;
}
