import { ANY_CHANNEL, isEnding, isGrant, type ConsentState, type SealedDecision } from "@volenti/core/adapter";
import { KEY_FIELD, REF_FIELD, STATE_FIELDS, SUBJECT_REF_FIELD, TEST_FIELD } from "../schema/names.ts";
import type { Settings } from "../settings.ts";
import type { OrgRow } from "./org-row.ts";
import { channelKeySource, purposeKeySource, stateKeySource, type KeySource } from "./row-keys.ts";
import { tieBreakOf } from "./tie-break.ts";
import { toDatetime } from "./to-datetime.ts";

const LONGEST_TEXT = 255;

export interface StateRowSource {
  readonly settings: Settings;
  readonly controllerId: string;
  readonly ref: string;
  readonly state: ConsentState;
  /** The decision that the state is; absent where only the state is known. */
  readonly decision: SealedDecision | undefined;
  readonly isTest: boolean;
  readonly keyOf: (source: KeySource) => string;
}

/** The keys that {@link toStateRow} will ask for. */
export function stateRowKeys(request: Pick<StateRowSource, "settings" | "controllerId" | "ref" | "state">): KeySource[] {
  const { settings, controllerId, ref, state } = request;
  const { purpose, channel } = state;
  return [
    stateKeySource({ ref, purpose, channel }),
    purposeKeySource({ controllerId, purpose }),
    ...(channel === ANY_CHANNEL || settings.channels.has(channel) ? [] : [channelKeySource({ controllerId, channel })]),
  ];
}

/** What stands for one subject × purpose × channel, whole: nothing of an earlier row's narrowing or end remains. */
export function toStateRow(request: StateRowSource): OrgRow {
  const { settings, controllerId, ref, state, decision, isTest, keyOf } = request;
  const { purpose, channel, status } = state;
  const hasEnd = isGrant(status) && state.validUntil !== null;
  return {
    [KEY_FIELD]: keyOf(stateKeySource({ ref, purpose, channel })),
    Name: `${purpose} ${channel}`.slice(0, LONGEST_TEXT),
    Party: { [REF_FIELD]: ref },
    PrivacyConsentStatus: isGrant(status) ? "OptIn" : isEnding(status) ? "NotSeen" : "OptOut",
    DataUsePurpose: { [KEY_FIELD]: keyOf(purposeKeySource({ controllerId, purpose })) },
    ...channelFields({ settings, controllerId, channel, keyOf }),
    EffectiveFrom: toDatetime(state.effectiveAt),
    EffectiveTo: hasEnd && state.validUntil !== null ? toDatetime(state.validUntil) : null,
    CaptureDate: decision?.record.occurredAt ?? toDatetime(state.effectiveAt),
    CaptureSource: decision?.record.collectionPoint.slice(0, LONGEST_TEXT) ?? null,
    DoubleConsentCaptureDate: decision?.record.confirmation?.confirmedAt ?? null,
    ...(settings.businessBrandId === null ? {} : { BusinessBrandId: settings.businessBrandId }),
    [SUBJECT_REF_FIELD]: ref,
    [TEST_FIELD]: isTest,
    [STATE_FIELDS.purpose]: purpose,
    [STATE_FIELDS.purposeVersion]: state.purposeVersion,
    [STATE_FIELDS.channel]: channel,
    [STATE_FIELDS.status]: status,
    [STATE_FIELDS.decisionId]: state.decisionId,
    [STATE_FIELDS.effectiveAt]: state.effectiveAt,
    [STATE_FIELDS.tieBreak]: tieBreakOf(state),
    [STATE_FIELDS.validUntil]: state.validUntil,
    [STATE_FIELDS.recipients]: state.recipients === null ? null : JSON.stringify(state.recipients),
    [STATE_FIELDS.attributes]: state.attributes === null ? null : JSON.stringify(state.attributes),
  };
}

/** SMS, WhatsApp and push have no ContactPointType; to call them Phone or Web would change what was agreed to. */
function channelFields(request: Pick<StateRowSource, "settings" | "controllerId" | "keyOf"> & { channel: string }): OrgRow {
  const { settings, controllerId, channel, keyOf } = request;
  if (channel === ANY_CHANNEL) return {};
  const mapped = settings.channels.get(channel);
  if (mapped === undefined) return { EngagementChannelType: { [KEY_FIELD]: keyOf(channelKeySource({ controllerId, channel })) } };
  if ("contactPointType" in mapped) return { ContactPointType: mapped.contactPointType };
  return { EngagementChannelTypeId: mapped.engagementChannelTypeId };
}
