import { ANY_CHANNEL, isEnding, isGrant, type ConsentState, type JsonValue, type SealedDecision } from "@volenti/core/adapter";
import { KEY_FIELD, type CONSENT_OBJECT, type REF_FIELD, type STATE_FIELDS, type SUBJECT_REF_FIELD, type TEST_FIELD } from "../schema/names.ts";
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

/** Written out, and not computed from the names: an engine makes and prints such rows in half the time. The compiler compares them. */
type StateRow = Readonly<
  Record<(typeof STATE_FIELDS)[keyof typeof STATE_FIELDS] | typeof KEY_FIELD | typeof SUBJECT_REF_FIELD | typeof TEST_FIELD, JsonValue>
> & {
  readonly attributes: { readonly type: typeof CONSENT_OBJECT };
  readonly Party: Readonly<Record<typeof REF_FIELD, string>>;
  readonly [field: string]: JsonValue;
};

/** What stands for one subject × purpose × channel, whole: nothing of an earlier row's narrowing or end remains. */
export function toStateRow(request: StateRowSource): OrgRow {
  const { settings, controllerId, ref, state, decision, isTest, keyOf } = request;
  const { purpose, channel, status } = state;
  const hasEnd = isGrant(status) && state.validUntil !== null;
  return {
    attributes: { type: "ContactPointTypeConsent" },
    VolentiKey__c: keyOf(stateKeySource({ ref, purpose, channel })),
    Name: `${purpose} ${channel}`.slice(0, LONGEST_TEXT),
    Party: { VolentiRef__c: ref },
    PrivacyConsentStatus: isGrant(status) ? "OptIn" : isEnding(status) ? "NotSeen" : "OptOut",
    DataUsePurpose: { VolentiKey__c: keyOf(purposeKeySource({ controllerId, purpose })) },
    ...channelFields({ settings, controllerId, channel, keyOf }),
    EffectiveFrom: toDatetime(state.effectiveAt),
    EffectiveTo: hasEnd && state.validUntil !== null ? toDatetime(state.validUntil) : null,
    CaptureDate: decision?.record.occurredAt ?? toDatetime(state.effectiveAt),
    CaptureSource: decision?.record.collectionPoint.slice(0, LONGEST_TEXT) ?? null,
    DoubleConsentCaptureDate: decision?.record.confirmation?.confirmedAt ?? null,
    ...(settings.businessBrandId === null ? {} : { BusinessBrandId: settings.businessBrandId }),
    VolentiSubjectRef__c: ref,
    VolentiTest__c: isTest,
    VolentiPurpose__c: purpose,
    VolentiPurposeVersion__c: state.purposeVersion,
    VolentiChannel__c: channel,
    VolentiStatus__c: status,
    VolentiDecisionId__c: state.decisionId,
    VolentiEffectiveAt__c: state.effectiveAt,
    VolentiTieBreak__c: tieBreakOf(state),
    VolentiValidUntil__c: state.validUntil,
    VolentiRecipients__c: state.recipients === null ? null : JSON.stringify(state.recipients),
    VolentiAttributes__c: state.attributes === null ? null : JSON.stringify(state.attributes),
  } satisfies StateRow;
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
