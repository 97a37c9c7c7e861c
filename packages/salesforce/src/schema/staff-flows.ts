import { CONSENT_OBJECT, KEY_FIELD, REF_FIELD, STATE_FIELDS } from "./names.ts";
import type { FlowCondition, FlowFormula, FlowStamp, StampFlow } from "./org-model.ts";
import { STAMPS_PER_MILLISECOND, type OrgModelSettings } from "./profile-object.ts";

/** More than any rank of a grant: see `mapping/tie-break.ts`. */
const ENDS_PERMISSION = 2 ** 48;

/**
 * Epoch milliseconds. DATETIMEVALUE reads a text as GMT, whatever the time zone of the person who edits; the difference
 * of two date/times is in days.
 */
const NOW: FlowFormula = {
  name: "NowInMilliseconds",
  dataType: "Number",
  expression: 'ROUND((NOW() - DATETIMEVALUE("1970-01-01 00:00:00")) * 86400000, 0)',
};

const IS_OPT_IN = 'ISPICKVAL({!$Record.PrivacyConsentStatus}, "OptIn")';
const IS_OPT_OUT = 'ISPICKVAL({!$Record.PrivacyConsentStatus}, "OptOut")';

/** After what stood, also where that lies ahead of the org's clock: a person saw it when they changed it. */
function instantAfter(request: { field: string; perMillisecond: number }): string {
  const { field, perMillisecond } = request;
  const now = perMillisecond === 1 ? "{!NowInMilliseconds}" : `{!NowInMilliseconds} * ${perMillisecond}`;
  return `MAX(${now}, BLANKVALUE({!$Record__Prior.${field}}, 0) + 1)`;
}

/** A person changed a consent in Salesforce: that is a decision too, of this moment, with an id of its own. */
export const consentFlow: StampFlow = {
  name: "VolentiConsentStaffEdits",
  label: "Volenti Consent Staff Edits",
  description: "Dates a consent that a person changed in Salesforce, so that nothing older from elsewhere undoes it.",
  object: CONSENT_OBJECT,
  filters: [
    { field: "PrivacyConsentStatus", operator: "IsChanged", value: true },
    { field: STATE_FIELDS.decisionId, operator: "IsChanged", value: false },
    { field: KEY_FIELD, operator: "IsNull", value: false },
  ],
  formulas: [
    NOW,
    { name: "EffectiveAt", dataType: "Number", expression: instantAfter({ field: STATE_FIELDS.effectiveAt, perMillisecond: 1 }) },
    { name: "DecisionId", dataType: "String", expression: '"staff-" & TEXT({!EffectiveAt})' },
    { name: "Status", dataType: "String", expression: `IF(${IS_OPT_IN}, "given", IF(${IS_OPT_OUT}, "refused", "invalidated"))` },
    { name: "TieBreak", dataType: "Number", expression: `IF(${IS_OPT_IN}, 0, ${ENDS_PERMISSION})` },
  ],
  blanks: [
    { name: "NoNumber", dataType: "Number" },
    { name: "NoDateTime", dataType: "DateTime" },
    { name: "NoText", dataType: "String" },
  ],
  stamps: [
    {
      name: "Stamp_Consent",
      label: "Stamp Consent",
      conditions: [],
      assignments: [
        { field: STATE_FIELDS.decisionId, resource: "DecisionId" },
        { field: STATE_FIELDS.status, resource: "Status" },
        { field: STATE_FIELDS.tieBreak, resource: "TieBreak" },
        { field: STATE_FIELDS.validUntil, resource: "NoNumber" },
        { field: "EffectiveTo", resource: "NoDateTime" },
        { field: STATE_FIELDS.recipients, resource: "NoText" },
        { field: STATE_FIELDS.attributes, resource: "NoText" },
        { field: STATE_FIELDS.effectiveAt, resource: "EffectiveAt" },
      ],
    },
  ],
};

/** A person changed a customer's data or opt-outs in Salesforce: each changed field gets the instant of now. */
export function profileFlow(settings: OrgModelSettings): StampFlow {
  const { objectName, fields } = settings.profile;
  const stamps = [
    ...[...fields.values()].map(({ field, stampField }) => ({ field, stampField, perMillisecond: STAMPS_PER_MILLISECOND })),
    ...[...settings.optOutFlags.values()].map((flag) => ({ ...flag, perMillisecond: 1 })),
  ].map((stamp, index) => ({ ...stamp, number: index + 1 }));
  return {
    name: `Volenti${objectName}StaffEdits`,
    label: `Volenti ${objectName} Staff Edits`,
    description: "Dates what a person changed on a customer in Salesforce, so that nothing older from elsewhere undoes it.",
    object: objectName,
    filters: [{ field: REF_FIELD, operator: "IsNull", value: false }],
    formulas: [
      NOW,
      ...stamps.map(({ stampField, perMillisecond, number }): FlowFormula => ({
        name: `At${number}`,
        dataType: "Number",
        expression: instantAfter({ field: stampField, perMillisecond }),
      })),
    ],
    blanks: [],
    stamps: stamps.map(({ field, stampField, number }): FlowStamp => ({
      name: `Stamp_${number}`,
      label: `Stamp ${field}`.slice(0, 80),
      conditions: changedByPerson({ field, stampField }),
      assignments: [{ field: stampField, resource: `At${number}` }],
    })),
  };
}

/** Our own writes bring the stamp along. */
function changedByPerson(request: { field: string; stampField: string }): FlowCondition[] {
  return [
    { field: request.field, operator: "IsChanged", value: true },
    { field: request.stampField, operator: "IsChanged", value: false },
  ];
}
