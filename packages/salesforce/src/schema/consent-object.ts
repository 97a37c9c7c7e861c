import { CONSENT_OBJECT, KEY_FIELD, RULE_MARKERS, STATE_FIELDS, SUBJECT_REF_FIELD, TEST_FIELD } from "./names.ts";
import { checkboxField, keyField, longTextField, lookedUpField, numberField, textField } from "./field-types.ts";
import type { OrgField, OrgObject, OrgRule } from "./org-model.ts";

const { decisionId, effectiveAt, tieBreak } = STATE_FIELDS;

const FIELDS: readonly OrgField[] = [
  keyField({
    name: KEY_FIELD,
    label: "Volenti Key",
    help: "Digest of customer, purpose and channel: makes this the one row of the three. Written by the integration.",
  }),
  lookedUpField({
    name: SUBJECT_REF_FIELD,
    label: "Volenti Customer",
    help: "The Volenti Reference of the customer whose consent this is.",
  }),
  textField({ name: STATE_FIELDS.purpose, label: "Volenti Purpose", help: "The key of the purpose in the brand's configuration.", length: 255 }),
  textField({
    name: STATE_FIELDS.purposeVersion,
    label: "Volenti Purpose Version",
    help: "The version of the purpose that the customer was asked about.",
    length: 64,
  }),
  textField({
    name: STATE_FIELDS.channel,
    label: "Volenti Channel",
    help: "The channel that was decided about; * where the purpose has no channels.",
    length: 64,
  }),
  textField({
    name: STATE_FIELDS.status,
    label: "Volenti Status",
    help: "What was decided, in Volenti's words (given, refused, withdrawn, objected, expired and others).",
    length: 32,
  }),
  textField({
    name: decisionId,
    label: "Volenti Decision",
    help: "The id of the decision that stands. Begins with staff- where a person changed the consent in Salesforce.",
    length: 64,
  }),
  numberField({
    name: effectiveAt,
    label: "Volenti Effective At",
    help: "Since when the decision counts, in milliseconds since 1970 UTC. An older decision does not replace a newer one.",
  }),
  numberField({
    name: tieBreak,
    label: "Volenti Tie Break",
    help: "Which of two decisions of the same millisecond counts: a refusal over a grant.",
  }),
  numberField({
    name: STATE_FIELDS.validUntil,
    label: "Volenti Valid Until",
    help: "When a grant ends, in milliseconds since 1970 UTC. Blank: no end.",
  }),
  longTextField({
    name: STATE_FIELDS.recipients,
    label: "Volenti Recipients",
    help: "The recipients that the customer narrowed a grant to, as a JSON list. Blank: all that the purpose names.",
    length: 32_768,
  }),
  longTextField({
    name: STATE_FIELDS.attributes,
    label: "Volenti Attributes",
    help: "The data that the customer narrowed a grant to, as a JSON list. Blank: all that the purpose names.",
    length: 32_768,
  }),
  checkboxField({ name: TEST_FIELD, label: "Volenti Test", help: "Belongs to a test customer, and is removed with it." }),
];

/** The same decision may come again: a replay changes nothing and must not fail. */
const STALE_WRITE_RULE: OrgRule = {
  name: "VolentiStaleWrite",
  description: "An older decision never replaces a newer one, whichever arrives last; of one instant the refusal counts.",
  formula:
    `AND(NOT(ISNEW()), ISCHANGED(${decisionId}), ` +
    `OR(${effectiveAt} < PRIORVALUE(${effectiveAt}), ` +
    `AND(${effectiveAt} = PRIORVALUE(${effectiveAt}), ${tieBreak} < PRIORVALUE(${tieBreak}))))`,
  message: `${RULE_MARKERS.superseded}: a newer decision stands for this customer, purpose and channel.`,
};

export const consentObject: OrgObject = { name: CONSENT_OBJECT, definition: null, fields: FIELDS, rules: [STALE_WRITE_RULE] };
