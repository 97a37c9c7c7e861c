import { DECISION_FIELDS, DECISION_OBJECT, RULE_MARKERS, SUBJECT_REF_FIELD, TEST_FIELD } from "./names.ts";
import { checkboxField, dateTimeField, keyField, longTextField, lookedUpField, numberField, textField } from "./field-types.ts";
import type { DecisionPages, OrgField, OrgObject, OrgRule } from "./org-model.ts";

const FIELDS: readonly OrgField[] = [
  keyField({ name: DECISION_FIELDS.decisionId, label: "Decision ID", help: "The decision's own id: recorded once, however often it arrives." }),
  lookedUpField({
    name: SUBJECT_REF_FIELD,
    label: "Customer Reference",
    help: "The Volenti Reference of the customer. No look-up on purpose: an erased customer's proof stays, and identifies nobody.",
  }),
  textField({ name: DECISION_FIELDS.purpose, label: "Purpose", help: "The key of the purpose.", length: 255 }),
  textField({ name: DECISION_FIELDS.purposeVersion, label: "Purpose Version", help: "The version that the customer was asked about.", length: 64 }),
  textField({ name: DECISION_FIELDS.channel, label: "Channel", help: "Blank where the decision is about every channel of its purpose.", length: 64 }),
  textField({
    name: DECISION_FIELDS.status,
    label: "Status",
    help: "What was decided: given, refused, withdrawn, objected, requested and others.",
    length: 32,
  }),
  numberField({
    name: DECISION_FIELDS.effectiveAt,
    label: "Effective At (ms)",
    help: "Since when the decision counts, in milliseconds since 1970 UTC.",
  }),
  dateTimeField({ name: DECISION_FIELDS.occurredAt, label: "Occurred At", help: "When the customer decided, by the clock of the place of collection." }),
  dateTimeField({ name: DECISION_FIELDS.receivedAt, label: "Received At", help: "When a server of the brand learnt of it." }),
  textField({ name: DECISION_FIELDS.noticeId, label: "Notice", help: "The notice that the customer was shown.", length: 255 }),
  textField({ name: DECISION_FIELDS.noticeVersion, label: "Notice Version", help: "Its version.", length: 64 }),
  textField({ name: DECISION_FIELDS.noticeSha256, label: "Notice SHA-256", help: "Digest of the notice's wording, hexadecimal.", length: 64 }),
  textField({ name: DECISION_FIELDS.collectionPoint, label: "Collection Point", help: "Where it was collected: a shop, a site, an app.", length: 255 }),
  longTextField({ name: DECISION_FIELDS.canonical, label: "Canonical Text", help: "The whole decision, to the letter, as it was signed.", length: 32_768 }),
  textField({ name: DECISION_FIELDS.hash, label: "SHA-256", help: "Digest of the canonical text, hexadecimal.", length: 64 }),
  longTextField({ name: DECISION_FIELDS.proof, label: "Inclusion Proof", help: "Leads from the digest to the signed head.", length: 32_768 }),
  longTextField({ name: DECISION_FIELDS.head, label: "Signed Head", help: "The signature over this and other decisions, compact JWS.", length: 4096 }),
  checkboxField({ name: TEST_FIELD, label: "Volenti Test", help: "Belongs to a test customer, and is removed with it." }),
];

/** To the second: whether milliseconds that the org does not keep count as a change is not said by Salesforce. */
const INSTANTS: ReadonlySet<string> = new Set([DECISION_FIELDS.occurredAt, DECISION_FIELDS.receivedAt]);

/** Long texts cannot be compared in a formula; the digest beside them can, and `volenti verify` compares the two. */
const IMMUTABLE_RULE: OrgRule = {
  name: "VolentiImmutable",
  description: "A recorded decision is never changed. The same decision may arrive again, which changes nothing.",
  formula: `AND(NOT(ISNEW()), OR(${FIELDS.flatMap((field) => changeOf(field)).join(", ")}))`,
  message: `${RULE_MARKERS.immutable}: a recorded decision cannot be changed. Record a new one.`,
};

function changeOf({ name, type }: OrgField): string[] {
  if (type.kind === "longText") return [];
  if (type.kind === "checkbox") return [`AND(${name}, NOT(PRIORVALUE(${name})))`];
  return [INSTANTS.has(name) ? `TEXT(${name}) <> TEXT(PRIORVALUE(${name}))` : `ISCHANGED(${name})`];
}

export const decisionObject: OrgObject = {
  name: DECISION_OBJECT,
  definition: {
    label: "Consent Decision",
    pluralLabel: "Consent Decisions",
    description: "Every decision a customer made about the use of their data, as proof: one row each, never changed.",
    numberLabel: "Decision Number",
    numberFormat: "VD-{0000000000}",
  },
  fields: FIELDS,
  rules: [IMMUTABLE_RULE],
};

const { purpose, channel, status, occurredAt, collectionPoint } = DECISION_FIELDS;
const COLUMNS = [SUBJECT_REF_FIELD, purpose, channel, status, occurredAt, collectionPoint];

export const decisionPages: DecisionPages = {
  layoutName: "Consent Decision Layout",
  sections: [
    {
      label: "Decision",
      fields: [SUBJECT_REF_FIELD, status, purpose, DECISION_FIELDS.purposeVersion, channel, collectionPoint, occurredAt, DECISION_FIELDS.receivedAt],
    },
    { label: "Notice", fields: [DECISION_FIELDS.noticeId, DECISION_FIELDS.noticeVersion, DECISION_FIELDS.noticeSha256] },
    {
      label: "Proof",
      fields: [
        DECISION_FIELDS.decisionId,
        DECISION_FIELDS.effectiveAt,
        DECISION_FIELDS.hash,
        TEST_FIELD,
        DECISION_FIELDS.canonical,
        DECISION_FIELDS.proof,
        DECISION_FIELDS.head,
      ],
    },
  ],
  lists: [
    { name: "VolentiAll", label: "All Decisions", columns: COLUMNS, filter: null },
    {
      name: "VolentiRefusals",
      label: "Refusals and Withdrawals",
      columns: COLUMNS,
      filter: { field: status, values: "refused,withdrawn,objected,revoked,optedOut" },
    },
  ],
  tab: DECISION_OBJECT,
};
