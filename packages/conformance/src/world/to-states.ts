import {
  ANY_CHANNEL,
  endsPermission,
  isStanding,
  type Catalogue,
  type ConsentState,
  type SealedDecision,
} from "@volenti/core/adapter";

/** The states of one decision, as core makes them: none for a neutral one; a channel-less refusal is one for `*` and one for every channel. */
export function toStates(request: { decision: SealedDecision; catalogue: Catalogue }): ConsentState[] {
  const { record, effectiveAt } = request.decision;
  const { status } = record;
  if (!isStanding(status)) return [];
  const purpose = request.catalogue.purposes.find(({ key }) => key === record.purpose.key);
  const everyChannel = endsPermission(status) ? (purpose?.channels ?? []) : [];
  const channels = record.channel === undefined ? [ANY_CHANNEL, ...everyChannel] : [record.channel];
  return channels.map((channel) => ({
    purpose: record.purpose.key,
    channel,
    decisionId: record.id,
    status,
    effectiveAt,
    purposeVersion: record.purpose.version,
    validUntil: record.validUntil === undefined ? null : Date.parse(record.validUntil),
    recipients: record.recipients ?? null,
    attributes: record.attributes ?? null,
  }));
}
