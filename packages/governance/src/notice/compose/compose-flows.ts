import { concernsChannel, concernsPurpose, readPurpose, type CataloguedPurpose } from "@volenti/core";
import { isEeaMember } from "@volenti/jurisdictions";
import { formatDuration } from "../format-duration.ts";
import { fill, labelOf, textIn, type ComposedItem, type ComposeItem, type NoticeContext } from "../notice-context.ts";

/** Recipients of purposes, and those whom the configuration tells of beside them; that there are none has to be said (`{}`). */
export const composeRecipients: ComposeItem = ({ volenti: { information }, purposes, locale, phrases }) => {
  const named = [...new Set([...purposes.flatMap(({ recipients }) => recipients), ...Object.keys(information.recipients ?? {})])];
  if (named.length === 0) return information.recipients === undefined ? { missing: ["information.recipients"] } : { introduction: [phrases.noRecipients] };
  const told = named.map((name) => ({ name, text: textIn({ texts: information.recipients?.[name], locale }) }));
  return {
    list: told.flatMap(({ text }) => text ?? []),
    missing: told.flatMap(({ name, text }) => (text === undefined ? [`information.recipients.${name}.${locale}`] : [])),
  };
};

interface Transfer {
  /** Of the configuration. */
  readonly member: string;
  readonly region: string;
  readonly mechanism: string | undefined;
}

/** Destinations and recipients abroad, each with its mechanism; a recipient of whom nobody knows where it is, is a gap. */
export const composeTransfers: ComposeItem = (context) => {
  const { volenti, phrases } = context;
  const { contact } = volenti.controller;
  const declared = volenti.policy.source.recipients;
  const recipients = [...new Set(context.purposes.flatMap((purpose) => purpose.recipients))];
  const unplaced = recipients.filter((name) => declared[name] === undefined).map((name) => `release.recipients.${name}`);
  const transfers = [...destinationsAbroad(context), ...recipientsAbroad({ context, recipients })];
  const told = transfers.map((transfer) => tellTransfer({ context, transfer }));
  if (told.length === 0) return unplaced.length > 0 ? { missing: unplaced } : { introduction: [phrases.noTransfers] };
  return {
    list: [...new Set(told.flatMap(({ list = [] }) => list))],
    closing: [fill(phrases.transferCopy, { contact })],
    missing: [...told.flatMap(({ missing = [] }) => missing), ...unplaced],
  };
};

function destinationsAbroad({ volenti, country }: NoticeContext): readonly Transfer[] {
  return volenti.routeOf(country).flatMap(({ destinationId }): Transfer[] => {
    const connector = volenti.destinations.get(destinationId);
    if (connector === undefined || isNear({ country, region: connector.region })) return [];
    if (volenti.placementOf({ country, destinationId }) !== "abroad") return [];
    return [{ member: `destinations.${destinationId}.transferMechanism`, region: connector.region, mechanism: connector.transferMechanism }];
  });
}

function recipientsAbroad(request: { context: NoticeContext; recipients: readonly string[] }): readonly Transfer[] {
  const { context: { volenti, country }, recipients } = request;
  return recipients.flatMap((name): Transfer[] => {
    const declaration = volenti.policy.source.recipients[name];
    if (declaration === undefined || isNear({ country, region: declaration.region })) return [];
    return [{ member: `release.recipients.${name}.transferMechanism`, region: declaration.region, mechanism: declaration.transferMechanism }];
  });
}

/** Within the European Economic Area nothing is a transfer, whatever the residency rules of the configuration say. */
function isNear(request: { country: string; region: string }): boolean {
  const { country, region } = request;
  return region === country || (isEeaMember(country) && (region === "EU" || isEeaMember(region)));
}

function tellTransfer(request: { context: NoticeContext; transfer: Transfer }): ComposedItem {
  const { context: { volenti, phrases, locale }, transfer: { member, region, mechanism } } = request;
  if (mechanism === undefined) return { missing: [member] };
  const own = textIn({ texts: volenti.information.transferMechanisms?.[mechanism], locale });
  const text = own ?? (Object.hasOwn(phrases.transferMechanisms, mechanism) ? phrases.transferMechanisms[mechanism] : undefined);
  if (text === undefined) return { missing: [`information.transferMechanisms.${mechanism}.${locale}`] };
  const place = new Intl.DisplayNames([locale], { type: "region" }).of(region) ?? region;
  return { list: [fill(phrases.transfer, { place, mechanism: text })] };
}

export const composeRetention: ComposeItem = (context) => {
  const told = context.purposes.map((purpose) => tellRetention({ context, purpose }));
  return { list: told.flatMap(({ list = [] }) => list), missing: told.flatMap(({ missing = [] }) => missing) };
};

function tellRetention(request: { context: NoticeContext; purpose: CataloguedPurpose }): ComposedItem {
  const { context: { phrases, locale, country }, purpose } = request;
  const { retention, retentionIn = {}, validity, mechanism, key } = purpose;
  const label = labelOf({ purpose, locale });
  const period = retentionIn[country] ?? (isEeaMember(country) ? retentionIn["EU"] : undefined) ?? retention;
  const proof = proofOf(request);
  if (period !== undefined) return { list: [fill(phrases.retention, { label, duration: formatDuration({ duration: period, locale }) }), ...proof] };
  if (mechanism !== "optIn") return { missing: [`purposes.${key}.retention`] };
  const duration = validity === undefined ? "" : formatDuration({ duration: validity, locale });
  return { list: [fill(validity === undefined ? phrases.untilWithdrawal : phrases.untilWithdrawalAtMost, { label, duration }), ...proof] };
}

/** The proof of a grant outlives the grant where a law says so. */
function proofOf(request: { context: NoticeContext; purpose: CataloguedPurpose }): readonly string[] {
  const { context: { rows, phrases, locale, volenti }, purpose } = request;
  const reading = readPurpose({ purpose, sensitivePurposes: volenti.rights.sensitivePurposes });
  return rows.flatMap(({ row }) => {
    const isMeant = concernsPurpose({ row, reading }) && purpose.channels.some((channel) => concernsChannel({ row, channel }));
    if (row.rule.about !== "proofRetention" || !isMeant) return [];
    return [fill(phrases.proofRetention, { label: labelOf({ purpose, locale }), duration: formatDuration({ duration: row.rule.period, locale }) })];
  });
}
