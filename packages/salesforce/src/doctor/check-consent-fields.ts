import type { ConnectionFindingV1 } from "@volenti/core/adapter";
import type { ObjectDescription } from "../provisioning/describe-object.ts";
import { channelsWithoutType } from "../provisioning/plan-channels.ts";
import { keepsNotices } from "../provisioning/plan-notices.ts";
import { CONSENT_OBJECT, PERMISSION_SET } from "../schema/names.ts";
import type { SalesforceSession } from "../transport/salesforce-session.ts";
import { errorFinding, nameAll, warning } from "./finding.ts";

interface Terms {
  readonly session: SalesforceSession;
  readonly operation: string;
  readonly descriptions: ReadonlyMap<string, ObjectDescription | null>;
}

const STATUSES = ["OptIn", "OptOut", "NotSeen"];
/** Written with every consent row: one of them hidden makes Salesforce refuse the row. */
const WRITTEN = ["PartyId", "PrivacyConsentStatus", "Name", "DataUsePurposeId", "EffectiveFrom", "EffectiveTo", "CaptureDate", "CaptureSource", "DoubleConsentCaptureDate"];

/** Salesforce's own fields of consents: visible, and with the values that our statuses and channels become. */
export function checkConsentFields(terms: Terms): readonly ConnectionFindingV1[] {
  const description = terms.descriptions.get(CONSENT_OBJECT) ?? null;
  const { notices } = terms.session.context(terms.operation).catalogue;
  return [
    ...(description === null ? [] : checkConsentObject({ terms, description })),
    ...checkErasure(terms),
    ...(notices.length > 0 && !keepsNotices(terms.descriptions)
      ? [warning("noticesNotKept", `Authorization Forms cannot be made by the user that Volenti signs in as: notices are named in decisions, and not kept in Salesforce. Assign the permission set ${PERMISSION_SET}.`)]
      : []),
  ];
}

/** A person's right to be erased needs the right to delete. */
function checkErasure({ session, descriptions }: Terms): ConnectionFindingV1[] {
  const { erasure, profile } = session.settings;
  const needed = ["Individual", CONSENT_OBJECT, ...(erasure === "delete" ? [profile.objectName] : [])];
  const kept = needed.filter((name) => descriptions.get(name)?.isDeletable === false);
  if (erasure === "mark" || kept.length === 0) return [];
  return [warning("erasureForbidden", `The user that Volenti signs in as may not delete ${nameAll(kept)}, so erasures will fail: assign the permission set ${PERMISSION_SET}.`)];
}

function checkConsentObject(request: { terms: Terms; description: ObjectDescription }): ConnectionFindingV1[] {
  const { terms, description } = request;
  const { session } = terms;
  const ownChannels = channelsWithoutType(terms);
  const types = contactPointTypes(terms);
  const needed = [
    ...WRITTEN,
    ...(types.length > 0 ? ["ContactPointType"] : []),
    ...(ownChannels.length > 0 ? ["EngagementChannelTypeId"] : []),
    ...(session.settings.businessBrandId === null ? [] : ["BusinessBrandId"]),
  ];
  const hidden = needed.filter((name) => description.fields.get(name)?.isCreateable !== true);
  return [
    ...(hidden.length === 0
      ? []
      : [errorFinding("consentFieldHidden", `Missing, hidden or read-only: ${nameAll(hidden.map((name) => `${CONSENT_OBJECT}.${name}`))}, so no consent can be written. Tick Edit Access in the permission set ${PERMISSION_SET}.`)]),
    ...missingValues({ description, field: "PrivacyConsentStatus", values: STATUSES }),
    ...missingValues({ description, field: "ContactPointType", values: types }),
  ];
}

/** The ContactPointTypes that the channels of the configuration become. */
function contactPointTypes({ session, operation }: Terms): readonly string[] {
  const named = new Set(session.context(operation).catalogue.purposes.flatMap(({ channels }) => channels));
  const types = [...named].flatMap((channel) => {
    const mapped = session.settings.channels.get(channel);
    return mapped !== undefined && "contactPointType" in mapped ? [mapped.contactPointType] : [];
  });
  return [...new Set(types)];
}

function missingValues(request: { description: ObjectDescription; field: string; values: readonly string[] }): ConnectionFindingV1[] {
  const { description, field, values } = request;
  const found = description.fields.get(field);
  if (found === undefined || found.picklist.length === 0 || !found.isRestrictedPicklist) return [];
  const missing = values.filter((value) => !found.picklist.includes(value));
  if (missing.length === 0) return [];
  return [
    errorFinding(
      "picklistValueMissing",
      `${description.name}.${field} has no active value ${nameAll(missing)}: Setup → Object Manager → ${description.name} → Fields & Relationships → ${field} → add or activate it.`,
    ),
  ];
}
