import { ANY_CHANNEL, isEnding, isGrant, type JsonValue, type SealedDecision } from "@volenti/core/adapter";
import { KEY_FIELD, type CONSENT_OBJECT, type REF_FIELD, type STATE_FIELDS, type SUBJECT_REF_FIELD, type TEST_FIELD } from "../schema/names.ts";
import type { Settings } from "../settings.ts";
import type { OrgRow } from "./org-row.ts";
import type { KeyedState } from "./row-keys.ts";
import { tieBreakOf } from "./tie-break.ts";
import type { ToDatetime } from "./to-datetime.ts";

const LONGEST_TEXT = 255;

export interface StateRowSource extends KeyedState {
  readonly settings: Settings;
  readonly ref: string;
  /** The decision that the state is; absent where only the state is known. */
  readonly decision: SealedDecision | undefined;
  readonly isTest: boolean;
  readonly toDatetime: ToDatetime;
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
  const { settings, ref, state, decision, isTest, keys, toDatetime } = request;
  const { purpose, channel, status } = state;
  const effectiveFrom = toDatetime(state.effectiveAt);
  const row = {
    attributes: { type: "ContactPointTypeConsent" },
    VolentiKey__c: keys.own,
    // Joined, because an engine prints a text that was put together by `+` more slowly.
    Name: [purpose, channel].join(" ").slice(0, LONGEST_TEXT),
    Party: { VolentiRef__c: ref },
    PrivacyConsentStatus: isGrant(status) ? "OptIn" : isEnding(status) ? "NotSeen" : "OptOut",
    DataUsePurpose: { VolentiKey__c: keys.purpose },
    EffectiveFrom: effectiveFrom,
    EffectiveTo: isGrant(status) && state.validUntil !== null ? toDatetime(state.validUntil) : null,
    CaptureDate: decision?.record.occurredAt ?? effectiveFrom,
    CaptureSource: decision?.record.collectionPoint.slice(0, LONGEST_TEXT) ?? null,
    DoubleConsentCaptureDate: decision?.record.confirmation?.confirmedAt ?? null,
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
  addOwnFields({ row, settings, channel, channelKey: keys.channel });
  return row;
}

/**
 * SMS, WhatsApp and push have no ContactPointType; to call them Phone or Web would change what was agreed to. Fields that
 * not every row has are added, and not spread into it, which makes a row several times slower to make and to print.
 */
function addOwnFields(request: { row: OrgRow; settings: Settings; channel: string; channelKey: string }): void {
  const { row, settings, channel, channelKey } = request;
  if (settings.businessBrandId !== null) row["BusinessBrandId"] = settings.businessBrandId;
  if (channel === ANY_CHANNEL) return;
  const mapped = settings.channels.get(channel);
  if (mapped === undefined) row["EngagementChannelType"] = { [KEY_FIELD]: channelKey };
  else if ("contactPointType" in mapped) row["ContactPointType"] = mapped.contactPointType;
  else row["EngagementChannelTypeId"] = mapped.engagementChannelTypeId;
}
